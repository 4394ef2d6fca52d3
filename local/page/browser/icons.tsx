import type { ComponentChildren } from 'preact';

function Icon({ children }: { children: ComponentChildren }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      {children}
    </svg>
  );
}

export const SendIcon = () => (
  <Icon>
    <path d="M4 12 20 4l-5 16-4-6z M11 14l9-10" />
  </Icon>
);
export const AttachIcon = () => (
  <Icon>
    <path d="M20 11.5 12 19.4a5 5 0 0 1-7-7.1l8.3-8.2a3.4 3.4 0 0 1 4.8 4.8l-8.2 8.1a1.7 1.7 0 0 1-2.4-2.4l7.4-7.3" />
  </Icon>
);
export const PlayIcon = () => (
  <Icon>
    <path class="solid" d="M8 5.5v13l11-6.5z" />
  </Icon>
);
export const PauseIcon = () => (
  <Icon>
    <path class="solid" d="M7.5 5.5h3v13h-3z M13.5 5.5h3v13h-3z" />
  </Icon>
);
export const CloseIcon = () => (
  <Icon>
    <path d="M6 6l12 12 M18 6 6 18" />
  </Icon>
);
export const ReplyIcon = () => (
  <Icon>
    <path d="M10 6 4 12l6 6 M4.5 12H14c4 0 6 2.5 6 6" />
  </Icon>
);
export const MoreIcon = () => (
  <Icon>
    <path class="solid" d="M4.5 10.5h3v3h-3z M10.5 10.5h3v3h-3z M16.5 10.5h3v3h-3z" />
  </Icon>
);
export const FileIcon = () => (
  <Icon>
    <path d="M7 3.5h7l4 4v13H7z M13.5 3.5v4.5H18" />
  </Icon>
);
export const MusicIcon = () => (
  <Icon>
    <path d="M9 18V6l10-2.2V15.5" />
    <circle cx="6.7" cy="18" r="2.3" />
    <circle cx="16.7" cy="15.7" r="2.3" />
  </Icon>
);
export const DownIcon = () => (
  <Icon>
    <path d="M12 5v14 M6 13l6 6 6-6" />
  </Icon>
);
export const UpIcon = () => (
  <Icon>
    <path d="M12 19V5 M6 11l6-6 6 6" />
  </Icon>
);
export const PlusIcon = () => (
  <Icon>
    <path d="M12 5v14 M5 12h14" />
  </Icon>
);
export const CameraIcon = () => (
  <Icon>
    <rect x="3.5" y="6.5" width="12" height="11" rx="2.5" />
    <path d="m15.5 11 5-3v8l-5-3z" />
  </Icon>
);
export const ChatIcon = () => (
  <Icon>
    <path d="M4.5 6.500a2 2 0 0 1 2-2h11a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H11l-4.5 4v-4a2 2 0 0 1-2-2z" />
  </Icon>
);
