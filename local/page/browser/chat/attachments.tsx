import { useEffect, useState } from 'preact/hooks';
import { CloseIcon, FileIcon, MusicIcon } from '../icons.tsx';

/** What a file is sent as. */
export type FileKind = 'photo' | 'audio' | 'video' | 'document';

/** A file that is about to be sent. */
export interface Attachment {
  readonly id: number;
  readonly file: File;
  readonly kind: FileKind;
  /** Why it was not sent; then it is shown until the next thing is sent or attached, and goes with nothing. */
  readonly problem?: string;
  /** It may do as a file. */
  readonly mayGoAsFile?: boolean;
}

/** Whether it is still to be sent. */
export const isToSend = ({ problem }: Attachment): boolean => problem === undefined;

/** As Telegram's apps do: what they cannot show or play goes as a document. */
const kinds: Readonly<Record<string, FileKind>> = {
  'image/jpeg': 'photo',
  'image/png': 'photo',
  'image/webp': 'photo',
  'audio/mpeg': 'audio',
  'audio/mp4': 'audio',
  'audio/x-m4a': 'audio',
  'video/mp4': 'video',
  'video/quicktime': 'video',
};

let nextId = 1;

/** A file with the kind that its type has. */
export function attachment(file: File): Attachment {
  return { id: nextId++, file, kind: kindOf(file) };
}

const kindOf = ({ type }: File): FileKind => kinds[type] ?? 'document';

interface TrayProps {
  readonly attachments: readonly Attachment[];
  readonly onRemove: (id: number) => void;
  readonly onSendAs: (id: number, kind: FileKind) => void;
}

/** The files that go with the next message. */
export function Tray({ attachments, onRemove, onSendAs }: TrayProps) {
  if (attachments.length === 0) return null;
  return (
    <ul class="tray" aria-label="Files to send">
      {attachments.map(({ id, file, kind, problem, mayGoAsFile = true }) => (
        <li key={id} class={problem ? 'refused' : undefined}>
          <Preview file={file} kind={kind} />
          <span class="about">
            <span class="title" title={file.name}>
              {file.name}
            </span>
          </span>
          {kindOf(file) === 'photo' && mayGoAsFile && (
            <button
              type="button"
              class="secondary"
              onClick={() => onSendAs(id, kind === 'photo' ? 'document' : 'photo')}
            >
              {kind === 'photo' ? 'Send as a file' : 'Send as a photo'}
            </button>
          )}
          <button type="button" class="quiet" aria-label={`Remove ${file.name}`} onClick={() => onRemove(id)}>
            <CloseIcon />
          </button>
          {problem && (
            <span class="problem" role="alert">
              Not sent. {problem}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** A file in small: the picture, or a sign for its kind. */
export function Preview({ file, kind }: Pick<Attachment, 'file' | 'kind'>) {
  const [address, setAddress] = useState<string>();
  const [isPicture, setIsPicture] = useState(true);
  useEffect(() => {
    if (kind !== 'photo') return;
    const url = URL.createObjectURL(file);
    setAddress(url);
    return () => URL.revokeObjectURL(url);
  }, [file, kind]);
  if (address && isPicture) return <img src={address} alt="" onError={() => setIsPicture(false)} />;
  return <span class="document-icon">{kind === 'audio' ? <MusicIcon /> : <FileIcon />}</span>;
}
