import { readRange } from './byte-range.js';

describe('who asks for a part of a recording of 100 bytes', () => {
  it.each([
    ['bytes=0-9', { start: 0, end: 9 }],
    ['bytes=90-', { start: 90, end: 99 }],
    ['bytes=90-1000', { start: 90, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=-1000', { start: 0, end: 99 }],
    ['bytes=99-99', { start: 99, end: 99 }],
  ])('is given it: %s', (header, range) => {
    expect(readRange(header, 100)).toEqual(range);
  });

  it.each(['bytes=100-', 'bytes=100-200', 'bytes=-0'])('is told when nothing of it is there: %s', (header) => {
    expect(readRange(header, 100)).toBe('unsatisfiable');
  });

  it.each([undefined, '', 'bytes=', 'bytes=-', 'bytes=9-0', 'bytes=0-9,20-29', 'items=0-9', 'bytes=a-b', 'bytes=0x10-', 'bytes=-1-5', `bytes=${'9'.repeat(40)}-`])('is given the whole when it makes no sense: %s', (header) => {
    expect(readRange(header, 100)).toBeNull();
  });
});
