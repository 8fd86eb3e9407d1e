// The brief's own snippets, verbatim except for the address and names that a page would define.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { before } from 'node:test';
import { promisify } from 'node:util';
import axios from 'axios';
import io, { io as ioNamed } from 'socket.io-client';
import { Client, join, settled } from '../support/clients.mjs';
import { testsOf } from '../support/harness.mjs';
import { accepted, broadcast, unique } from '../support/http.mjs';
import { sharedService } from '../support/service.mjs';
import { WEBHOOK_TOKEN, director, operator } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

let service;
before(async () => {
  service = await sharedService();
});
const test = testsOf(() => service);

test('the React snippet shows new calls, new orders and notifications', async (t) => {
  const seen = [];
  const localStorage = { getItem: (key) => key === 'token' && operator(17) };
  const showNotification = (title, text) => seen.push(['showNotification', title, text]);
  const refreshOrders = () => seen.push(['refreshOrders']);
  const toast = (message) => seen.push(['toast', message]);
  const log = (...words) => seen.push(['log', ...words]);
  const console = { log };
  const { port } = service;

  const socket = ioNamed(`http://localhost:${port}`, {
    auth: {
      token: localStorage.getItem('token'),
    },
    transports: ['websocket', 'polling'],
  });
  t.after(() => socket.disconnect());
  const joined = new Promise((resolve) => socket.on('connected', resolve));

  // Подключение
  socket.on('connect', () => {
    console.log('Connected:', socket.id);

    // Join комнаты
    socket.emit('join-room', { room: 'operators' });
  });

  // Новый звонок
  socket.on('call:new', (call) => {
    console.log('New call:', call);
    // Показать уведомление
    showNotification('Новый звонок', call.phoneClient);
  });

  // Новый заказ
  socket.on('order:new', (order) => {
    console.log('New order:', order);
    // Обновить список заказов
    refreshOrders();
  });

  // Уведомление
  socket.on('notification', (notification) => {
    toast(notification.message);
  });

  // Отключение
  socket.on('disconnect', () => {
    console.log('Disconnected');
  });

  const connected = await joined;
  assert.equal(connected.socketId, socket.id);

  const call = { id: 1, phoneClient: '+79001234567', operatorId: 17, status: 'new' };
  const order = { id: 2, clientName: 'Иван', city: 'Саратов', statusOrder: 'Ожидает' };
  await accepted(service, 'call-new', { call, rooms: ['operators', 'operator:17'] });
  await accepted(service, 'order-new', { order, rooms: ['operators', 'directors', 'city:Саратов'] });
  await accepted(service, 'notification', { notification: { type: 'system', message: 'Обед', severity: 'info' } });
  await until('the notification', () => seen.some(([what]) => what === 'toast'));
  const { id } = socket;
  socket.disconnect();

  assert.deepEqual(seen, [
    ['log', 'Connected:', id],
    ['log', 'New call:', call],
    ['showNotification', 'Новый звонок', '+79001234567'],
    ['log', 'New order:', order],
    ['refreshOrders'],
    ['toast', 'Обед'],
    ['log', 'Disconnected'],
  ]);
});

test('the Vue snippet collects calls, newest first, and replaces what is updated', async () => {
  const { port } = service;
  const component = {
    data() {
      return {
        socket: null,
        calls: [],
      };
    },
    mounted() {
      this.socket = io(`http://localhost:${port}`, {
        auth: {
          token: this.$store.state.token,
        },
      });

      this.socket.on('call:new', (call) => {
        this.calls.unshift(call);
      });

      this.socket.on('call:updated', (call) => {
        const index = this.calls.findIndex(c => c.id === call.id);
        if (index !== -1) {
          this.calls[index] = call;
        }
      });
    },
    beforeUnmount() {
      if (this.socket) {
        this.socket.disconnect();
      }
    },
  };

  // Emulates Vue as far as the snippet needs it.
  const instance = Object.assign(Object.create({ $store: { state: { token: operator(18) } } }), component.data());
  component.mounted.call(instance);
  try {
    const connected = await new Promise((resolve) => instance.socket.on('connected', resolve));
    assert.deepEqual([connected.userId, connected.role], [18, 'operator']);

    await accepted(service, 'call-new', { call: { id: 'a', status: 'new' }, rooms: ['operators'] });
    await accepted(service, 'call-new', { call: { id: 'b', status: 'new' }, rooms: ['operators'] });
    await accepted(service, 'call-updated', { call: { id: 'unknown', status: 'new' }, rooms: ['operators'] });
    await accepted(service, 'call-updated', { call: { id: 'a', status: 'answered', duration: 12 }, rooms: ['operators'] });
    await until('the update', () => instance.calls.at(-1)?.status === 'answered');
    assert.deepEqual(instance.calls, [
      { id: 'b', status: 'new' },
      { id: 'a', status: 'answered', duration: 12 },
    ]);
  } finally {
    component.beforeUnmount.call(instance);
  }
  assert.equal(instance.socket.connected, false);
});

test('the Calls Service posts with axios, and operators and the call\'s own operator get it', async () => {
  const call = { id: unique('call'), phoneClient: '+79170000000', operatorId: 21, status: 'new' };
  const own = await join(service, operator(21));
  const colleague = await join(service, operator(22));
  const boss = await join(service, director(1));
  const process = { env: { WEBHOOK_TOKEN } };

  // После создания звонка
  const answer = await axios.post(`${service.url}/api/v1/broadcast/call-new`, {
    token: process.env.WEBHOOK_TOKEN,
    call: {
      id: call.id,
      phoneClient: call.phoneClient,
      operatorId: call.operatorId,
      status: call.status,
    },
    rooms: ['operators', `operator:${call.operatorId}`],
  });

  assert.equal(answer.status, 200);
  const { id, ...rest } = answer.data;
  assert.match(id, /^\d+-\d+$/, 'the id is the stream\'s');
  assert.deepEqual(rest, { success: true, event: 'call:new', rooms: ['operators', 'operator:21'] });
  await settled(service, own, colleague, boss);
  assert.deepEqual(own.broadcasts(), [['call:new', call]]);
  assert.deepEqual(colleague.broadcasts(), [['call:new', call]]);
  assert.deepEqual(boss.broadcasts(), []);
});

test('the Orders Service posts with axios, and operators, directors and the city get it once', async () => {
  const order = { id: unique('order'), clientName: 'Пётр', city: 'Нижний Новгород', statusOrder: 'Ожидает' };
  const both = await join(service, operator(23));
  await both.join('city:Нижний Новгород');
  const boss = await join(service, director(2));
  const process = { env: { WEBHOOK_TOKEN } };

  // После создания заказа
  const answer = await axios.post(`${service.url}/api/v1/broadcast/order-new`, {
    token: process.env.WEBHOOK_TOKEN,
    order: {
      id: order.id,
      clientName: order.clientName,
      city: order.city,
      statusOrder: order.statusOrder,
    },
    rooms: ['operators', 'directors', `city:${order.city}`],
  });

  assert.deepEqual(answer.data.rooms, ['operators', 'directors', 'city:Нижний Новгород']);
  await settled(service, both, boss);
  assert.deepEqual(both.broadcasts(), [['order:new', order]]);
  assert.deepEqual(boss.broadcasts(), [['order:new', order]]);
});

test('the brief\'s client events: authenticate, join-room and leave-room', async () => {
  const { socket, ...client } = new Client(service.url, { transports: ['websocket'] });
  const seen = [];
  socket.on('connected', (data) => seen.push(['connected', data.userId, data.role, data.socketId === socket.id]));
  socket.on('call:new', (call) => seen.push(['call:new', call.id]));
  socket.on('notification', (notification) => seen.push(['notification', notification.message]));

  const JWT_TOKEN = director('boss');
  socket.emit('authenticate', { token: JWT_TOKEN });
  socket.emit('join-room', { room: 'operators' });
  socket.emit('join-room', { room: 'city:Саратов' });
  socket.emit('leave-room', { room: 'operators' });
  const last = await socket.emitWithAck('leave-room', { room: 'operators' });
  const { position, ...answer } = last;
  assert.match(position, /^[0-9a-z]{6}-\d+-\d+$/);
  assert.deepEqual(answer, { success: true, room: 'operators' });

  await accepted(service, 'call-new', { call: { id: 'left' }, rooms: ['operators'] });
  await accepted(service, 'call-new', { call: { id: 'joined' }, rooms: ['city:Саратов'] });
  await accepted(service, 'notification', { notification: { message: 'end' } });
  await until('the end', () => seen.some(([, value]) => value === 'end'));
  assert.deepEqual(seen, [
    ['connected', 'boss', 'director', true],
    ['call:new', 'joined'],
    ['notification', 'end'],
  ]);
  assert.deepEqual(client.connectErrors, []);
});

test('curl shows health, connections and rooms without credentials', async () => {
  await join(service, operator(24));
  const curl = async (path) => {
    const { stdout } = await promisify(execFile)('curl', ['-sS', '--fail', `${service.url}${path}`]);
    return JSON.parse(stdout);
  };
  assert.equal(typeof (await curl('/health')).status, 'string');

  const connections = await curl('/api/v1/stats/connections');
  assert.equal(connections.success, true);
  assert.deepEqual(Object.keys(connections.data).sort(), ['byInstance', 'byRole', 'byTransport', 'total', 'users']);
  assert.ok(connections.data.total >= 1);

  const rooms = await curl('/api/v1/stats/rooms');
  assert.equal(rooms.success, true);
  assert.deepEqual(Object.keys(rooms.data), ['total']);
  assert.ok(rooms.data.total >= 1);
});

test('every broadcast path of the brief accepts its event', async () => {
  const client = await join(service, operator(25));
  const paths = {
    'call-new': { call: { id: 1 } },
    'call-updated': { call: { id: 1, status: 'answered', duration: 5, recordingPath: '/r/1.mp3' } },
    'order-new': { order: { id: 2, clientName: 'А', city: 'Энгельс', masterId: null } },
    'order-updated': { order: { id: 2, statusOrder: 'В работе', masterId: 7 } },
    notification: { notification: { type: 'system', message: 'привет', severity: 'warning' } },
  };
  for (const [path, body] of Object.entries(paths)) {
    const answer = await broadcast(service, path, { ...body, rooms: ['operators'] });
    assert.equal(answer.status, 200, `${path}: ${answer.text}`);
  }
  await settled(service, client);
  assert.deepEqual(
    client.broadcasts().map(([name]) => name),
    ['call:new', 'call:updated', 'order:new', 'order:updated', 'notification'],
  );
});
