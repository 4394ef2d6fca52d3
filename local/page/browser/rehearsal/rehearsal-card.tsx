import type { Shown } from './use-rehearsal.ts';

interface RehearsalCardProps {
  readonly rehearsal: Shown;
  readonly onRealGuest: () => void;
}

/** What the rehearsal shows just now; and at its end, how to clear it and go on. */
export function RehearsalCard({ rehearsal, onRealGuest }: RehearsalCardProps) {
  const { state, clear } = rehearsal;
  if (state.step === 'none') return null;
  const isOver = state.step === 'over' || state.step === 'stopped';
  return (
    <aside class="guide" aria-label="Rehearsal">
      <p role="status">
        {!isOver && (
          <>
            <span class="tag">Rehearsal</span>{' '}
          </>
        )}
        {state.telling}
      </p>
      {isOver && (
        <div class="guide-buttons">
          <button type="button" class="secondary" onClick={clear}>
            Clear it
          </button>
          <button type="button" class="primary" onClick={async () => (await clear()) && onRealGuest()}>
            Clear it and add a real guest
          </button>
        </div>
      )}
    </aside>
  );
}
