import Button from '@mui/material/Button';
import { EmptyFace } from '@nailup/web';
import { Link } from 'react-router';

/** For an address that leads nowhere. */
export function NothingHere() {
  return (
    <EmptyFace
      title="There is no such page"
      action={
        <Button component={Link} to="/media-servers" variant="contained">
          Go to media servers
        </Button>
      }
    >
      The address may be mistyped, or the page has moved.
    </EmptyFace>
  );
}
