/** Runs a pattern's instructions over a text, all ways at once: each set of positions becomes a state that is made once. */

/** `split` goes on at both places. */
export type Instruction =
  | { readonly kind: 'character'; readonly accepts: (character: string) => boolean }
  | { readonly kind: 'split'; readonly to: readonly [number, number] };

/** More states than this are forgotten and made again: hostile patterns have very many. */
const MAX_STATES = 500;

interface State {
  readonly at: readonly number[];
  readonly isEnd: boolean;
  /** By code point, ASCII apart as it is nearly all there is; no positions = no match any more. */
  readonly ascii: (State | undefined)[];
  readonly others: Map<number, State>;
}

export class Automaton {
  private states = new Map<string, State>();
  private start: State | null = null;

  constructor(private readonly program: readonly Instruction[]) {}

  matches(text: string): boolean {
    let state = (this.start ??= this.reach([0]));
    for (let index = 0; index < text.length; index += 1) {
      let code = text.charCodeAt(index);
      if (code >= 0xd800 && code < 0xdc00) {
        code = text.codePointAt(index) ?? code;
        if (code > 0xffff) index += 1;
      }
      state = (code < 128 ? state.ascii[code] : state.others.get(code)) ?? this.step(state, code);
      if (state.at.length === 0) return false;
    }
    return state.isEnd;
  }

  private step(state: State, code: number): State {
    const character = String.fromCodePoint(code);
    const after = state.at.filter((position) => {
      const instruction = this.program[position];
      return instruction?.kind === 'character' && instruction.accepts(character);
    });
    const next = this.reach(after.map((position) => position + 1));
    if (code < 128) state.ascii[code] = next;
    else state.others.set(code, next);
    return next;
  }

  /** The state of these positions and all that splits lead to from them. */
  private reach(from: readonly number[]): State {
    const seen = new Set<number>();
    const open = [...from];
    for (let position = open.pop(); position !== undefined; position = open.pop()) {
      if (seen.has(position)) continue;
      seen.add(position);
      const instruction = this.program[position];
      if (instruction?.kind === 'split') open.push(...instruction.to);
    }
    const at = [...seen].sort((a, b) => a - b);
    return this.stateOf(at);
  }

  private stateOf(at: readonly number[]): State {
    const key = at.join();
    const known = this.states.get(key);
    if (known) return known;
    if (this.states.size >= MAX_STATES) this.forget();
    const state: State = {
      at,
      isEnd: at.at(-1) === this.program.length,
      ascii: new Array<State | undefined>(128),
      others: new Map(),
    };
    this.states.set(key, state);
    return state;
  }

  private forget(): void {
    this.states = new Map();
    this.start = null;
  }
}
