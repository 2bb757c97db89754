export { AsteriskModel, type FakeChannel, type FakeJoin, type FakeMember } from './asterisk-model.js';
export { FakeAmiServer, type FakeAmiServerOptions, type FakeStop } from './fake-ami-server.js';
export { FarEnd, type FakeArrival } from './far-end.js';
export { FakeSession, type FakeAction, type FakeAnswer } from './fake-session.js';
export { encodeShape, type Shape } from './shapes.js';
export { ScriptedPeer } from './scripted-peer.js';
