import { Composer } from 'grammy';
import type { Services } from '../../party/services.ts';
import { acknowledge, expire, overwrite } from '../buttons.ts';
import { onPress, type Press } from '../callback-data.ts';
import type { BotContext } from '../context.ts';
import {
  removals,
  removeHostButton,
  restoreHostButton,
  takeBack,
  takeBackButton,
  undoRemoval,
} from '../hosts/buttons.ts';
import { hostsText as text } from '../hosts/hosts.text.ts';
import { hideMenu, showMenu } from '../menu.ts';

/** `/cohost` and `/hosts`: the first host makes others hosts, by a link, and removes them. */
export function hosts(services: Services): Composer<BotContext> {
  const { hosts: all, invitations } = services;
  const composer = new Composer<BotContext>();

  async function onlyOwner(): Promise<string> {
    const owner = (await all.list()).find(({ isOwner }) => isOwner);
    return text.onlyOwner(owner?.name ?? '');
  }

  composer.command('cohost', async (ctx) => {
    const { id: userId } = ctx.from!;
    if (ctx.chat.type !== 'private') return ctx.reply(text.onlyInPrivate);
    if (!(await all.isOwner(userId))) return ctx.reply(await onlyOwner());
    const { code, id } = await invitations.create(userId);
    await ctx.reply(text.forward, { reply_markup: takeBack(id) });
    await ctx.reply(text.invitation(`https://t.me/${ctx.me.username}?start=${code}`), {
      link_preview_options: { is_disabled: true },
    });
  });

  composer.command('hosts', async (ctx) => {
    const { id: userId } = ctx.from!;
    const list = await all.list();
    const shown = list.map((host) => ({ name: host.name, isYou: host.userId === userId }));
    const isOwner = list.some((host) => host.isOwner && host.userId === userId);
    await ctx.reply(
      [text.list(shown), ...(isOwner ? [text.more] : [])].join('\n'),
      isOwner ? { reply_markup: removals(list.filter((host) => !host.isOwner)) } : {},
    );
  });

  composer.use(
    onPress(takeBackButton, async (ctx, { invitationId }) => {
      const isBack = await invitations.takeBack(invitationId);
      await acknowledge(ctx);
      await overwrite(ctx, isBack ? text.takenBack : text.usedAlready);
    }),
  );

  /** For the owner alone, whoever else sees the button. */
  const byOwner =
    <Chosen>(what: (ctx: Press, chosen: Chosen) => Promise<unknown>) =>
    async (ctx: Press, chosen: Chosen): Promise<unknown> =>
      (await all.isOwner(ctx.from.id)) ? what(ctx, chosen) : acknowledge(ctx, await onlyOwner());

  composer.use(
    onPress(
      removeHostButton,
      byOwner<{ readonly userId: number }>(async (ctx, { userId }) => {
        await invitations.forgetUsedBy(userId);
        const removed = await all.remove(userId);
        if (!removed) return acknowledge(ctx, text.gone);
        await acknowledge(ctx);
        await overwrite(ctx, text.removed(removed.name), undoRemoval(userId));
        await hideMenu(ctx.api, userId);
      }),
    ),
  );

  composer.use(
    onPress(
      restoreHostButton,
      byOwner<{ readonly userId: number }>(async (ctx, { userId }) => {
        const restored = await all.restore(userId);
        if (!restored) return expire(ctx, text.gone);
        await acknowledge(ctx);
        await overwrite(ctx, text.restored(restored.name));
        await showMenu(ctx.api, userId, 'co-host');
      }),
    ),
  );

  return composer;
}
