import type { ConversationFlavor, Conversation as GrammyConversation } from '@grammyjs/conversations';
import type { Context } from 'grammy';

/** What a feature is handed with each update. */
export type BotContext = ConversationFlavor<Context>;

/** What a conversation is handed: from there no other one can be entered. */
export type Conversation = GrammyConversation<BotContext, Context>;
