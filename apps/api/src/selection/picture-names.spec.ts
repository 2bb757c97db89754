import { namesSeconds, PictureNames } from './picture-names.js';

const at = (seconds: number): Date => new Date(seconds * 1_000);

describe('the names of the media servers in a picture', () => {
  it('are those of an earlier one while they are the same', () => {
    const names = new PictureNames();
    expect(names.same(['a', 'b'], at(0))).toBeNull();
    names.named('first', ['a', 'b'], at(0));
    expect(names.same(['a', 'b'], at(1))).toBe('first');
    for (const others of [['a'], ['b', 'a'], ['a', 'b', 'c'], []]) expect(names.same(others, at(1))).toBeNull();
  });

  it('are written anew before the picture that has them may be gone', () => {
    const names = new PictureNames();
    names.named('first', ['a'], at(0));
    expect(names.same(['a'], at(namesSeconds - 1))).toBe('first');
    expect(names.same(['a'], at(namesSeconds))).toBeNull();
  });
});
