/** A machine was asked for a move its table does not have: a bug in the caller, never an answer to a user. */
export class IllegalMoveError extends Error {
  override readonly name = 'IllegalMoveError';

  constructor(
    readonly machine: string,
    readonly from: string,
    readonly attempted: string,
  ) {
    super(`${machine}: "${attempted}" cannot happen to one that is ${from}`);
  }
}
