import { aboutMethods } from './about.ts';
import type { Method } from './call.ts';
import { chatMethods } from './chats.ts';
import { editMethods } from './edit.ts';
import { joinRequestMethods } from './join-requests.ts';
import { mediaMethods } from './media.ts';
import { profileMethods } from './profiles.ts';
import { sendMethods } from './send.ts';
import { updateMethods } from './updates.ts';

const methods = new Map<string, Method>(
  [
    aboutMethods,
    updateMethods,
    sendMethods,
    mediaMethods,
    editMethods,
    chatMethods,
    profileMethods,
    joinRequestMethods,
  ]
    .flatMap((methods) => Object.entries(methods))
    .map(([name, method]) => [name.toLowerCase(), method]),
);

/** The method of a name; Telegram does not mind its case. Undefined for one that is not answered here. */
export function methodNamed(name: string): Method | undefined {
  return methods.get(name.toLowerCase());
}
