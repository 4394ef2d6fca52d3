/**
 * What hosts do in the chat, once more, with updates that come by long polling: in `npm test` the flows in which order
 * and repetition matter, in `npm run test:long` all of them.
 */
import { isLong } from '../support/rounds.ts';
import { choose } from '../support/transport.ts';

choose('polling');

await import('../bot/enrolment/shuffled-album.test.ts');
await import('../bot/unknown-faces/answers.test.ts');
if (isLong) {
  await import('../bot/arrivals/not-anna.test.ts');
  await import('../bot/arrivals/another-song.test.ts');
  await import('../bot/access.test.ts');
  await import('../bot/buttons.test.ts');
  await import('../bot/commands.test.ts');
  await import('../bot/enrolment/albums.test.ts');
  await import('../bot/enrolment/captions-in-chat.test.ts');
  await import('../bot/enrolment/look-alike.test.ts');
  await import('../bot/enrolment/whose-photos.test.ts');
  await import('../bot/features/basics.test.ts');
  await import('../bot/features/document.test.ts');
  await import('../bot/features/other.test.ts');
  await import('../bot/features/party.test.ts');
  await import('../bot/features/photo.test.ts');
  await import('../bot/features/song.test.ts');
  await import('../bot/features/songs.test.ts');
  await import('../bot/camera/camera.test.ts');
  await import('../bot/forget/forget.test.ts');
  await import('../bot/guests/guests.test.ts');
  await import('../bot/group-photo/group-photo.test.ts');
  await import('../bot/hosts/co-hosts.test.ts');
  await import('../bot/mute/mute.test.ts');
  await import('../bot/party/before-they-come.test.ts');
  await import('../bot/party/party-end.test.ts');
  await import('../bot/party/start.test.ts');
  await import('../bot/party/status.test.ts');
  await import('../bot/settings/settings.test.ts');
  await import('../bot/unknown-faces/unknown-faces.test.ts');
  await import('../bot/random-host.test.ts');
  await import('../bot/why/why.test.ts');
}
