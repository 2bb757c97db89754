import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Keys } from './keys.js';

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;

/** Encrypts what must be readable again: AMI secrets and the first answers of idempotent requests. AES-256-GCM. */
@Injectable()
export class SecretBox {
  constructor(private readonly keys: Keys) {}

  /**
   * @param context what the secret belongs to, as `media-server:<id>`; the same text opens it, so rows cannot be swapped
   * @returns version (1 byte), nonce (12), tag (16), ciphertext
   */
  seal(plainText: string, context: string): Buffer {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', this.keys.sealing, nonce);
    cipher.setAAD(Buffer.from(context));
    const sealed = Buffer.concat([cipher.update(plainText, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), sealed]);
  }

  /** @throws Error when the box was made with another key, for another context, or was changed */
  open(box: Buffer, context: string): string {
    if (box[0] !== version || box.length < 1 + nonceBytes + tagBytes) throw new Error('The sealed secret has an unknown form.');
    const nonce = box.subarray(1, 1 + nonceBytes);
    const tag = box.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes);
    const decipher = createDecipheriv('aes-256-gcm', this.keys.sealing, nonce, { authTagLength: tagBytes });
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(tag);
    return decipher.update(box.subarray(1 + nonceBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
  }
}
