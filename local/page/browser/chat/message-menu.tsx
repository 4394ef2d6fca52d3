import { useLayoutEffect, useRef } from 'preact/hooks';

/** One thing that can be done with a message. */
export interface MenuItem {
  readonly label: string;
  readonly act: () => void;
  /** It cannot be taken back. */
  readonly isFinal?: true;
}

/** Where a menu opens, in pixels of the window. */
export interface MenuPlace {
  readonly x: number;
  readonly y: number;
}

interface MessageMenuProps {
  readonly items: readonly MenuItem[];
  readonly place: MenuPlace;
  readonly onClose: () => void;
}

/** The gap between a menu and the window's edge, in pixels. */
const gap = 8;

/** What can be done with a message, as a menu where it was asked for. */
export function MessageMenu({ items, place, onClose }: MessageMenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  // Before anything is drawn: a key that is pressed at once is the menu's already.
  useLayoutEffect(() => {
    const own = menu.current;
    if (!own) return;
    const before = document.activeElement;
    own.showPopover();
    const { width, height } = own.getBoundingClientRect();
    own.style.left = `${Math.max(gap, Math.min(place.x, innerWidth - width - gap))}px`;
    own.style.top = `${Math.max(gap, Math.min(place.y, innerHeight - height - gap))}px`;
    own.querySelector('button')?.focus();
    // Who came by the keyboard goes back there; the browser does so only for what was opened by a button.
    return () => {
      if (before instanceof HTMLElement && document.activeElement === document.body) before.focus();
    };
  }, [place]);
  const step = (by: number) => {
    const buttons = [...(menu.current?.querySelectorAll('button') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    buttons[(at + by + buttons.length) % buttons.length]?.focus();
  };
  return (
    <div
      ref={menu}
      class="menu"
      role="menu"
      aria-label="Message"
      tabIndex={-1}
      popover="auto"
      onToggle={(event) => event.newState === 'closed' && onClose()}
      onKeyDown={(event) => {
        // The list below has arrow keys of its own.
        event.stopPropagation();
        const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        step(by);
      }}
    >
      {items.map(({ label, act, isFinal }) => (
        <button
          type="button"
          key={label}
          role="menuitem"
          class={isFinal ? 'final' : undefined}
          onClick={() => {
            menu.current?.hidePopover();
            act();
          }}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
