import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const inside = 'NAILUP_OWN_NETWORK';

/**
 * Runs the calling file again in a network of its own, and ends with its outcome; inside it answers at once. Everything started there -
 * MySQL, manager, Asterisk, coturn, browsers - lives in that network, so no address or packet filter of this machine is touched, and with
 * the last process the whole of it is gone, also after kill -9: the namespaces hang on no file that outlives them.
 */
export function enterOwnNetwork(file: string): void {
  if (process.env[inside]) return;
  mkdirSync('/run/netns', { recursive: true });
  // No name server is reached from here, and nobody may wait for one.
  const script = 'mount -t tmpfs tmpfs /run/netns && mount --bind /dev/null /etc/resolv.conf && ip link set lo up && exec "$@"';
  const command = ['--pdeathsig', 'KILL', '--', 'unshare', '--net', '--mount', '--propagation', 'private', '--', 'sh', '-c', script, 'sh'];
  const { status, signal } = spawnSync('setpriv', [...command, process.execPath, ...process.execArgv, fileURLToPath(file)], {
    stdio: 'inherit',
    env: { ...process.env, [inside]: '1' },
  });
  process.exit(signal ? 1 : (status ?? 1));
}

const sh = (command: string): string => execFileSync('sh', ['-euc', command], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** A network namespace beside ours. */
export interface Place {
  readonly name: string;
  /** Runs a line of shell in it. */
  sh(line: string): string;
  /** A program that becomes Chromium in it. */
  chromium(): string;
}

function place(name: string): Place {
  sh(`ip netns add ${name}; ip -n ${name} link set lo up`);
  return {
    name,
    sh: (line) => execFileSync('ip', ['netns', 'exec', name, 'sh', '-euc', line], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }),
    chromium: () => {
      const path = join(mkdtempSync(join(tmpdir(), 'nailup-chromium-')), 'chromium');
      // Each step is an exec: the process playwright started is Chromium itself, and its pipe stays open across the namespaces.
      writeFileSync(path, `#!/bin/sh\nexec ip netns exec ${name} /usr/bin/chromium "$@"\n`, { mode: 0o755 });
      return path;
    },
  };
}

/** What stands in for the public network: addresses on an interface of ours, and a router that knows nothing of private networks. */
export const publicNet = {
  manager: '10.99.84.1',
  mediaServer: '10.99.84.11',
  /** The address in front of a media server that itself has only a private one. */
  mapped: '10.99.84.12',
  relay: '10.99.84.30',
  /** A machine that is no media server. */
  bystander: '10.99.84.40',
  /** The SIP proxy and the telephone network behind it, where media servers are not on our own loopback. */
  proxy: '10.99.84.50',
  telephones: '10.99.84.51',
  home: '10.99.84.101',
  nowhere: '10.99.84.254',
};

/** Lays out the public addresses in our own network. */
export function layPublicNet(): void {
  const own = [publicNet.manager, publicNet.mediaServer, publicNet.relay, publicNet.bystander, publicNet.proxy, publicNet.telephones];
  // What has no place on the public network, such as the private addresses browsers tell of, is sent and never answered, as it is by a
  // provider's router. A machine without that way would know at once that nobody is there.
  const nowhere = place('nowhere');
  sh(`ip link add public type veth peer name eth0 netns ${nowhere.name}; ${own.map((address) => `ip addr add ${address}/32 dev public`).join('; ')}`);
  nowhere.sh(`ip addr add ${publicNet.nowhere}/32 dev eth0; ip link set eth0 up`);
  sh(`ip link set public up; ip route add ${publicNet.nowhere} dev public; ip route add default via ${publicNet.nowhere}; echo 1 > /proc/sys/net/ipv4/ip_forward`);
}

/** A private network behind a router that has one public address. */
export interface PrivateNet {
  router: Place;
  host: Place;
  hostAddress: string;
}

/** @param third the third number of its private addresses, 10.99.<third>.x */
export function layPrivateNet(name: string, third: number, publicAddress: string): PrivateNet {
  const router = place(`${name}-router`);
  const host = place(`${name}-host`);
  const hostAddress = `10.99.${third}.10`;
  sh(`ip link add ${name} type veth peer name wan netns ${router.name}; ip link set ${name} up`);
  sh(`ip route add ${publicAddress}/32 dev ${name} src ${publicNet.manager}`);
  router.sh(`ip addr add ${publicAddress}/32 dev wan; ip link set wan up; ip route add ${publicNet.manager} dev wan; ip route add default via ${publicNet.manager}; echo 1 > /proc/sys/net/ipv4/ip_forward`);
  sh(`ip -n ${router.name} link add lan type veth peer name eth0 netns ${host.name}`);
  router.sh(`ip addr add 10.99.${third}.1/24 dev lan; ip link set lan up`);
  host.sh(`ip addr add ${hostAddress}/24 dev eth0; ip link set eth0 up; ip route add default via 10.99.${third}.1`);
  return { router, host, hostAddress };
}

/** A machine that has its public address itself; what its router passes on can be cut (`filter`), and neither side is told. @param third as of `layPrivateNet` */
export function layRouted(name: string, third: number, publicAddress: string): PrivateNet {
  const router = place(`${name}-router`);
  const host = place(`${name}-host`);
  const hop = `10.99.${third}.1`;
  sh(`ip link add ${name} type veth peer name wan netns ${router.name}; ip link set ${name} up`);
  router.sh(`ip addr add ${hop}/32 dev wan; ip link set wan up; ip route add ${publicNet.manager} dev wan; ip route add default via ${publicNet.manager}; echo 1 > /proc/sys/net/ipv4/ip_forward`);
  sh(`ip route add ${hop} dev ${name} src ${publicNet.manager}; ip route add ${publicAddress}/32 via ${hop} src ${publicNet.manager}`);
  sh(`ip -n ${router.name} link add lan type veth peer name eth0 netns ${host.name}`);
  router.sh(`ip addr add ${hop}/32 dev lan; ip link set lan up; ip route add ${publicAddress} dev lan`);
  host.sh(`ip addr add ${publicAddress}/32 dev eth0; ip link set eth0 up; ip route add ${hop} dev eth0; ip route add default via ${hop}`);
  return { router, host, hostAddress: publicAddress };
}

/** The router of a home or an office: many inside, one address outside (RFC 3022 §4.1), and nothing comes in that nobody asked for. */
export function layMasquerade(name: string, third: number, publicAddress: string): PrivateNet {
  const net = layPrivateNet(name, third, publicAddress);
  net.router.sh(`
    iptables -w -t nat -A POSTROUTING -o wan -j MASQUERADE
    iptables -w -A FORWARD -i wan -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
    iptables -w -A FORWARD -i wan -j DROP`);
  return net;
}

/** What clouds do: one public address stands for one private one, in both directions. */
export function layOneToOne(name: string, third: number, publicAddress: string): PrivateNet {
  const net = layPrivateNet(name, third, publicAddress);
  net.router.sh(`
    iptables -w -t nat -A PREROUTING -i wan -d ${publicAddress} -j DNAT --to-destination ${net.hostAddress}
    iptables -w -t nat -A POSTROUTING -o wan -s ${net.hostAddress} -j SNAT --to-source ${publicAddress}`);
  return net;
}

/** Rules of a router that hold until they are taken away again; once, however often that is asked. */
function rules(router: Place, table: string, chain: string, all: string[]): { lift(): void } {
  for (const rule of all) router.sh(`iptables -w -t ${table} -I ${chain} ${rule}`);
  return { lift: () => all.splice(0).forEach((rule) => router.sh(`iptables -w -t ${table} -D ${chain} ${rule}`)) };
}

/** What the router does with packets it passes on, before everything else. */
export const filter = (router: Place, ...all: string[]): { lift(): void } => rules(router, 'filter', 'FORWARD', all);

/** Sends what fits to another address and port. */
export const redirect = (router: Place, what: string, to: string): { lift(): void } => rules(router, 'nat', 'PREROUTING', [`${what} -j DNAT --to-destination ${to}`]);
