import { Column, type ColumnOptions, PrimaryColumn } from 'typeorm';

const id = { type: 'char', length: 36, charset: 'ascii', collation: 'ascii_bin' } as const;
const hash = { type: 'binary', length: 32 } as const;

/** The primary key: a UUID (v7, made by the manager). */
export const IdColumn = (name = 'id'): PropertyDecorator => PrimaryColumn({ ...id, name });

/** The id of another row. */
export const ReferenceColumn = (name: string, options: ColumnOptions = {}): PropertyDecorator => Column({ ...id, name, ...options });

/** A moment in UTC with milliseconds. */
export const MomentColumn = (name: string, options: ColumnOptions = {}): PropertyDecorator => Column({ type: 'datetime', precision: 3, name, ...options });

/** SHA-256 of a token, 32 bytes. */
export const HashColumn = (name: string, options: ColumnOptions = {}): PropertyDecorator => Column({ ...hash, name, ...options });
