import { ConfirmDialog, useSession, useUser } from '@nailup/web';
import Logout from '@mui/icons-material/Logout';
import PersonOutlined from '@mui/icons-material/PersonOutlined';
import Button from '@mui/material/Button';
import ListItemIcon from '@mui/material/ListItemIcon';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useId, useState } from 'react';
import { useOnCall } from '../../calls/desk.js';
import { useLine } from '../../line/line-context.js';

/** Who is signed in, and the way out: the seat is given back before the sign-in ends. */
export function AccountMenu() {
  const session = useSession();
  const { displayName } = useUser();
  const { phone } = useLine();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const menuId = useId();
  const onCall = useOnCall();
  const [asks, setAsks] = useState(false);
  const signOut = async (): Promise<void> => {
    await phone.leave();
    await session.signOut();
  };
  return (
    <>
      <Button
        color="inherit"
        startIcon={<PersonOutlined />}
        aria-label={displayName}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        aria-controls={anchor ? menuId : undefined}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ minWidth: 0, '& .MuiButton-startIcon': { mr: { xs: 0, sm: 1 } }, '& .name': { display: { xs: 'none', sm: 'inline' }, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', maxWidth: 240 } }}
      >
        <span className="name">{displayName}</span>
      </Button>
      <Menu id={menuId} anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        <MenuItem
          onClick={() => {
            setAnchor(null);
            if (onCall) setAsks(true);
            else void signOut();
          }}
        >
          <ListItemIcon>
            <Logout fontSize="small" />
          </ListItemIcon>
          Sign out
        </MenuItem>
      </Menu>
      {asks && (
        <ConfirmDialog title="Sign out during a call?" confirmLabel="Sign out" danger onConfirm={signOut} onClose={() => setAsks(false)}>
          You are on a call. If you sign out now, the other side stays behind without you.
        </ConfirmDialog>
      )}
    </>
  );
}
