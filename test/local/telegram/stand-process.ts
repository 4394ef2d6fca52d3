import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { telegramApp } from '../../../local/telegram/app.ts';
import { standToken } from './stand.ts';

const [folder = '', port] = process.argv.slice(2);
const { app } = telegramApp({ folder, token: standToken });
const { fetch } = new Hono().route('/telegram', app);
const server = serve({ fetch, hostname: '127.0.0.1', port: Number(port) }, () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}/telegram`);
});
