/** What each field of an order may hold: nothing that means anything to a channel name, a dialplan or AMI. */
const plain = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  uniqueid: /^[A-Za-z0-9._-]{1,150}$/,
  number: /^\+?[0-9]{2,20}$/,
  callerId: /^(\+?[0-9]{2,20}|anonymous)$/,
  conference: /^[a-z][0-9a-z]{1,78}$/,
  token: /^t[a-z2-7]{26}$/,
  address: /^([A-Za-z0-9]([A-Za-z0-9.-]{0,252})|\[[0-9A-Fa-f:.]{2,45}\]):[0-9]{1,5}$/,
  digits: /^[0-9A-D*#]{1,32}$/,
} as const satisfies Readonly<Record<string, RegExp>>;

export type PlainKind = keyof typeof plain;

/** The kind of the first field that is not plain, or null when all are. */
export function allPlain(fields: readonly (readonly [PlainKind, string])[]): PlainKind | null {
  return fields.find(([kind, value]) => !plain[kind].test(value))?.[0] ?? null;
}
