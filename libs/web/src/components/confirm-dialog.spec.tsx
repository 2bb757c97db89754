/** @jest-environment ./src/testing/browser-environment.cjs */
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { UnreachableError } from '../problem/problem.js';
import { ConfirmDialog } from './confirm-dialog.js';

const open = (onConfirm: () => Promise<unknown>) => {
  const onClose = jest.fn();
  render(
    <ConfirmDialog title="Delete eu-1" confirmLabel="Delete" typeToConfirm="eu-1" danger onConfirm={onConfirm} onClose={onClose}>
      Nobody sits on it.
    </ConfirmDialog>,
  );
  return { onClose, person: userEvent.setup() };
};

it('deletes nothing until the person has typed the whole name', async () => {
  const onConfirm = jest.fn(() => Promise.resolve());
  const { person, onClose } = open(onConfirm);
  await person.type(screen.getByLabelText('Type eu-1 to confirm'), 'eu-{Enter}');
  expect(onConfirm).not.toHaveBeenCalled();
  await person.keyboard('1{Enter}');
  expect(onConfirm).toHaveBeenCalledTimes(1);
  expect(onClose).toHaveBeenCalledTimes(1);
});

it('stays open with the reason when the manager did not do it', async () => {
  const { person, onClose } = open(() => Promise.reject(new UnreachableError()));
  await person.type(screen.getByLabelText('Type eu-1 to confirm'), 'eu-1{Enter}');
  expect(await screen.findByText('The manager does not answer.')).toBeTruthy();
  expect(onClose).not.toHaveBeenCalled();
});

it('is left with Escape', async () => {
  const { person, onClose } = open(() => Promise.resolve());
  await person.keyboard('{Escape}');
  expect(onClose).toHaveBeenCalledTimes(1);
});
