import { sipAddress } from './sip-address.js';

it.each([
  ['sip:10.0.0.5:5060', '10.0.0.5:5060'],
  ['sip:ms1.example.org', 'ms1.example.org:5060'],
  ['sips:ms1.example.org', 'ms1.example.org:5061'],
  ['sip:pool@10.0.0.5:5080;transport=tcp', '10.0.0.5:5080'],
  ['sip:10.0.0.5;transport=udp', '10.0.0.5:5060'],
  ['sip:[2001:db8::5]:5070', '[2001:db8::5]:5070'],
  ['sip:[2001:db8::5]', '[2001:db8::5]:5060'],
])('the proxy finds the media server of %s at %s', (uri, address) => {
  expect(sipAddress(uri)).toBe(address);
});

it.each(['', 'http://10.0.0.5', 'sip:', 'sip:a b:c'])('%j leads nowhere', (uri) => {
  expect(sipAddress(uri)).toBeNull();
});
