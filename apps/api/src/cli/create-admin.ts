import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { v7 as newId } from 'uuid';
import { isDuplicate } from '../database/database-error.js';
import { PasswordHasher } from '../identity/password-hasher.js';

/** There is somebody of that name already, or the name cannot be one. */
export class AdminRefused extends Error {}

/**
 * Makes an administrator with a random password, printed once: the way in for whoever runs without demo accounts.
 * @throws AdminRefused
 */
export async function createAdmin(dataSource: DataSource, username: string): Promise<{ username: string; password: string }> {
  if (!/^[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}$/.test(username)) throw new AdminRefused('A user name begins with a letter or digit and holds at most 64 letters, digits and . _ @ + - only.');
  const password = randomBytes(15).toString('base64url');
  const passwordHash = await new PasswordHasher().hash(password);
  try {
    await dataSource.query("INSERT INTO agents (id, username, display_name, role, skills, password_hash) VALUES (?, ?, ?, 'admin', '[]', ?)", [newId(), username, username, passwordHash]);
  } catch (error) {
    if (isDuplicate(error)) throw new AdminRefused(`There is an agent called ${username} already: choose another name, or have an administrator set a new password.`);
    throw error;
  }
  return { username, password };
}
