/** Where something may not work, the gravest first. */
const places = ['camera', 'upload', 'engine', 'budget', 'search', 'records', 'pictures'] as const;

export type Place = (typeof places)[number];

/** What does not work now, in words for the host. */
export class Problems {
  readonly #words = new Map<Place, string>();
  readonly #onChange: () => void;

  /** @param onChange told when there is another gravest problem, or none any more */
  constructor(onChange: () => void = () => {}) {
    this.#onChange = onChange;
  }

  /** The gravest one. */
  get worst(): string | undefined {
    const place = places.find((candidate) => this.#words.has(candidate));
    return place && this.#words.get(place);
  }

  /** Whether there is one, if not the gravest. */
  isAt(place: Place): boolean {
    return this.#words.has(place);
  }

  has(place: Place, words: string): void {
    this.#change(() => this.#words.set(place, words));
  }

  solved(place: Place): void {
    this.#change(() => this.#words.delete(place));
  }

  #change(change: () => void): void {
    const before = this.worst;
    change();
    if (this.worst !== before) this.#onChange();
  }
}
