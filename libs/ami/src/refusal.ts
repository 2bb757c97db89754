import { AmiError } from './errors.js';
import type { AmiMessage } from './message.js';

/** Asterisk said `Response: Error`. */
export class AmiRefusal extends AmiError {
  constructor(
    action: string,
    readonly response: AmiMessage,
  ) {
    super('action-refused', `${action} was refused: ${response.get('Message') ?? response.text}`);
  }
}
