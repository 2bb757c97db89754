/** @jest-environment jsdom */
import { act, render, screen } from '@testing-library/react';
import { DataAge } from './data-age.js';

beforeEach(() => {
  jest.useFakeTimers({ now: 1_800_000_000_000 });
});
afterEach(() => {
  jest.useRealTimers();
});

it('tells a supervisor how old the numbers are as the seconds go by, and calls them stale after a minute', () => {
  render(<DataAge at={Date.now() - 12_000} live={false} reason="the manager does not answer" />);
  expect(screen.getByText('12 s old')).toBeTruthy();
  act(() => {
    jest.advanceTimersByTime(50_000);
  });
  expect(screen.getByText('Stale, 1 min old: the manager does not answer')).toBeTruthy();
});

it('says live only while changes arrive by themselves', () => {
  const { rerender } = render(<DataAge at={Date.now()} live />);
  expect(screen.getByText('Live')).toBeTruthy();
  rerender(<DataAge at={null} live={false} />);
  expect(screen.getByText('Connecting')).toBeTruthy();
});
