import { Hono } from 'hono';
import { diskFullText, isDiskFull } from '../../disk/disk-full.ts';
import { ownPageOnly } from '../../http/loopback.ts';
import { type Body, BodyTooLarge, BodyUnreadable, readBody } from '../body.ts';
import { BotApiError, PersonError } from '../errors.ts';
import { fileResponse } from '../file-response.ts';
import type { StoredChat } from '../state/chats.ts';
import type { Person } from '../state/people.ts';
import type { Telegram } from '../telegram.ts';
import { Acts, block, checkMember, createGroup, type SentKind } from './acts.ts';
import { changeGroup } from './group-changes.ts';
import { askToJoin } from './join-request.ts';
import { addPerson, changeProfile } from './profiles.ts';
import { sharedContacts } from './share-users.ts';
import { eventStream } from './stream.ts';
import { viewChat, viewPerson } from './views.ts';

/** Larger than what a bot may download, so that a host can meet that limit too. */
const maxBytes = 100 * 1024 * 1024;
const kinds: readonly SentKind[] = ['photo', 'audio', 'document', 'video', 'voice'];

/** What people do, for the page and for tests; the routes are described in `local/telegram/README.md`. */
export function peopleRoutes(telegram: Telegram): Hono {
  const app = new Hono();
  app.use(ownPageOnly);

  const person = (id: unknown): Person => {
    const found = telegram.people.find(Number(id));
    if (found === undefined) throw new PersonError(404, 'There is nobody with that id.');
    return found;
  };
  const chat = (id: unknown): StoredChat => {
    const found = telegram.chats.find(Number(id));
    if (found === undefined) throw new PersonError(404, 'There is no such chat.');
    return found;
  };

  app.get('/people', (context) => context.json(telegram.people.all().map(viewPerson)));

  app.post('/people', async (context) => {
    const { fields } = await readBody(context.req.raw, maxBytes);
    return context.json(viewPerson(addPerson(telegram, Object.fromEntries(fields))));
  });

  app.post('/people/:id/profile', async (context) => {
    const { fields, files } = await readBody(context.req.raw, maxBytes);
    const one = person(context.req.param('id'));
    const change = { photo: files.get('photo'), audio: files.get('audio'), clear: fields.get('clear') };
    return context.json(viewPerson(await changeProfile(telegram, one, change)));
  });

  app.get('/people/:id/chats', (context) => {
    const chats = telegram.chats.of(person(context.req.param('id')));
    return context.json(chats.map((one) => viewChat(telegram, one)));
  });

  app.post('/people/:id/block', async (context) => {
    const { fields } = await readBody(context.req.raw, maxBytes);
    const one = person(context.req.param('id'));
    block(telegram, one, fields.get('blocked') === true);
    return context.json(viewPerson(person(one.user.id)));
  });

  app.post('/chats', async (context) => {
    const { fields } = await readBody(context.req.raw, maxBytes);
    const members = fields.get('members');
    const wanted = {
      title: String(fields.get('title') ?? ''),
      members: Array.isArray(members) ? members.map(Number) : [],
      botIsAdmin: fields.get('bot_admin') !== false,
      basic: fields.get('basic') === true,
    };
    return context.json(viewChat(telegram, createGroup(telegram, person(fields.get('as')), wanted)));
  });

  app.post('/chats/:chat/change', async (context) => {
    const { fields } = await readBody(context.req.raw, maxBytes);
    const one = chat(context.req.param('chat'));
    const changed = changeGroup(telegram, person(fields.get('as')), one, Object.fromEntries(fields));
    return context.json({ ...viewChat(telegram, changed), topics: changed.topics ?? [] });
  });

  app.post('/chats/:chat/join-request', async (context) => {
    const { fields } = await readBody(context.req.raw, maxBytes);
    const one = chat(context.req.param('chat'));
    askToJoin(telegram, person(fields.get('as')), one);
    return context.json({ chat_id: one.id });
  });

  app.get('/chats/:chat/messages', (context) => {
    const one = chat(context.req.param('chat'));
    checkMember(person(context.req.query('as')), one);
    context.header('x-last-event-id', String(telegram.events.lastId()));
    return context.json(
      telegram.messages.all(one).map((message) => telegram.messages.forPerson(one, message)),
    );
  });

  app.post('/chats/:chat/messages', async (context) => {
    const body = await readBody(context.req.raw, maxBytes);
    const one = chat(context.req.param('chat'));
    const acts = new Acts(telegram, person(body.fields.get('as')), one);
    const message = await post(acts, body);
    return context.json(telegram.messages.forPerson(one, message));
  });

  app.post('/chats/:chat/messages/:message/press', async (context) => {
    const { fields } = await readBody(context.req.raw, maxBytes);
    const acts = new Acts(telegram, person(fields.get('as')), chat(context.req.param('chat')));
    const id = acts.press(Number(context.req.param('message')), String(fields.get('data') ?? ''));
    return context.json({ callback_query_id: id });
  });

  app.post('/chats/:chat/messages/:message/edit', async (context) => {
    const { fields } = await readBody(context.req.raw, maxBytes);
    const one = chat(context.req.param('chat'));
    const acts = new Acts(telegram, person(fields.get('as')), one);
    const message = acts.edit(Number(context.req.param('message')), String(fields.get('text') ?? ''));
    return context.json(telegram.messages.forPerson(one, message));
  });

  app.post('/chats/:chat/messages/:message/delete', async (context) => {
    const { fields } = await readBody(context.req.raw, maxBytes);
    const acts = new Acts(telegram, person(fields.get('as')), chat(context.req.param('chat')));
    acts.delete(Number(context.req.param('message')));
    return context.body(null, 204);
  });

  app.post('/chats/:chat/share-users', async (context) => {
    const { fields, files } = await readBody(context.req.raw, maxBytes);
    const one = chat(context.req.param('chat'));
    const acts = new Acts(telegram, person(fields.get('as')), one);
    const contacts = sharedContacts(fields.get('users'), files);
    const message = await acts.shareUsers(Number(fields.get('request_id')), contacts);
    return context.json(telegram.messages.forPerson(one, message));
  });

  app.get('/events', (context) => {
    const after = context.req.header('last-event-id') ?? context.req.query('after');
    const { user } = person(context.req.query('as'));
    return eventStream(telegram, user.id, /^\d{1,15}$/.test(after ?? '') ? Number(after) : undefined);
  });

  app.get('/files/:id', (context) => {
    const file = telegram.files.find(context.req.param('id'));
    if (file === undefined) throw new PersonError(404, 'There is no such file.');
    return fileResponse(telegram.files.place(file), file.mime_type, context.req.header('range'));
  });

  app.get('/bot', (context) => {
    const one = person(context.req.query('as') ?? telegram.people.all()[0]?.user.id);
    const where = chat(context.req.query('chat') ?? one.user.id);
    return context.json({
      user: telegram.self,
      commands: telegram.commands.menu(where, one.user.id),
      webhook: telegram.updates.subscription.url !== '',
    });
  });

  app.onError((error, context) => {
    if (error instanceof PersonError) return context.json({ error: error.message }, error.status);
    if (error instanceof BotApiError) return context.json({ error: error.message }, 400);
    if (error instanceof BodyUnreadable) return context.json({ error: error.message }, 400);
    if (error instanceof BodyTooLarge) return context.json({ error: 'The file is over 100 MB.' }, 413);
    if (isDiskFull(error)) return context.json({ error: diskFullText }, 507);
    telegram.onError(error);
    return context.json({ error: 'Something went wrong here; the log says what.' }, 500);
  });
  return app;
}

async function post(acts: Acts, { fields, files }: Body) {
  const text = (name: string) => {
    const value = fields.get(name);
    return value === undefined || value === null || value === '' ? undefined : String(value);
  };
  const replyTo = text('reply_to_message_id');
  const topic = text('message_thread_id');
  const upload = files.get('file');
  if (upload === undefined)
    return acts.say(
      text('text') ?? '',
      replyTo === undefined ? undefined : Number(replyTo),
      topic === undefined ? undefined : Number(topic),
    );
  const kind = kinds.find((one) => one === text('kind')) ?? 'document';
  const file = { upload, kind, caption: text('caption'), mediaGroupId: text('media_group_id') };
  return acts.send(file, replyTo === undefined ? undefined : Number(replyTo));
}
