// What people do in a story over HTTP, in their own words: Anna, who shops, and the warehouse.
export const dress = '721956040318';
export const shoes = '941829837627';  // of another seller
export const shirt = '831811722580';  // of Taobao
export const slippers = '100096281024';  // of JD

const recipient = { name: 'Jürgen Müller', email: 'j@example.com', phone: '+49 30 123456', line1: 'Lindenstr. 5', line2: '',
  city: 'Berlin', region: '', postcode: '10969', country: 'DE' };
const policy = { substitutes: [], may_take_fewer: false, wait_days: 0, cancels_set: false };
const ended = ['accepted', 'refunded', 'cancelled'];

export class Teller {
  constructor(world, check) {
    this.world = world;
    this.check = check;
    this.wishes = [{ marketplace: 'alibaba1688', product_id: dress, quantity: 2 },
      { marketplace: 'alibaba1688', product_id: shoes, quantity: 1 }];
  }

  view() { return this.world.view_of(this.order_id); }
  async purchase_of(product_id) {
    return (await this.view()).purchases.find((each) => each.lines.some((line) => line.product.product_id === product_id));
  }

  async finds_and_quotes() {
    const { world, check } = this;
    const found = await world.until('the shop answers a search', async () => {
      const reply = await world.call('GET', `/v1/search?marketplace=alibaba1688&words=${encodeURIComponent('汉服')}`);
      return reply.status === 200 && reply.body.products.length > 0 ? reply.body.products : null;
    });
    check('a two-character Chinese search finds the dress', found.some((each) => each.key.product_id === dress));
    this.products = {};
    for (const { marketplace, product_id } of this.wishes)
      this.products[product_id] = (await world.call('GET', `/v1/products/${marketplace}/${product_id}`)).body;
    const read = this.products[dress];
    check('a product has SKUs, prices and stock', read.product?.skus.length === 16 && read.stock.length === 16,
      JSON.stringify(read).slice(0, 300));
    const line = ({ product_id, quantity }, cart_id) => ({ cart_id, product: this.products[product_id].product.key,
      sku_id: this.products[product_id].product.skus[0].sku_id, quantity, policy });
    const [first, ...others] = this.wishes;
    const cart = await world.call('POST', '/v1/cart/lines', line(first, ''));
    check('the first line begins a cart and a session', cart.status === 200, JSON.stringify(cart));
    for (const [at, wish] of others.entries()) {
      const more = await world.call('POST', '/v1/cart/lines', line(wish, cart.body.cart_id));
      check('another seller\'s goods go into the same cart', more.body.lines?.length === at + 2, JSON.stringify(more));
    }
    const ask = { cart_id: cart.body.cart_id, country: 'DE', postcode: '10969', currency: 'EUR' };
    this.quote = (await world.until('there are rates', async () => {
      const reply = await world.call('POST', '/v1/quotes', ask);
      return reply.status === 200 ? reply : null;
    })).body;
    check('the quote is landed in euros', this.quote.landed.total.currency === 'EUR' && this.quote.landed.total.minor > 2000,
      JSON.stringify(this.quote.landed?.total));
    const elsewhere = await world.call('POST', '/v1/quotes', { ...ask, country: 'BR', postcode: '1', currency: 'USD' });
    check('a country without rules is not offered yet', elsewhere.status === 422 && elsewhere.body.code === 'not_offered',
      JSON.stringify(elsewhere));
  }

  fee() {
    const fees = this.quote.landed.components.filter((each) => each.kind === 'service_fee');
    return fees.reduce((total, { amount }) => total + amount.minor, 0);
  }

  async orders() {
    const { world, check } = this;
    const command = { quote_id: this.quote.quote_id, recipient };
    const placed = await world.call('POST', '/v1/orders', command);
    const again = await world.call('POST', '/v1/orders', command);
    check('the order of a quote is one order', placed.status === 200 && again.body.order_id === placed.body.order_id,
      JSON.stringify([placed, again]));
    this.order_id = placed.body.order_id;
  }

  // Nobody calls the shop's own capture: the provider's signed webhook does it, or the shop asks when time is up.
  async pays(purpose = 'order') {
    const { world, check } = this;
    // In small steps: a payment that is not asked for in its window is over.
    const payment = await world.until('the hosted page is open', async () =>
      (await this.view()).payments.find((each) => each.purpose === purpose && each.state === 'pending'),
    world.idle_step && 'PT20S');
    check('the shopper pays on an origin of its own', payment.redirect_url.startsWith(world.sandbox.urls.page),
      payment.redirect_url);
    const paid = await fetch(payment.redirect_url, { method: 'POST', redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'act=pay&card=4242424242424242' });
    check('the card is good, and the page sends the shopper back', paid.status === 303 &&
      paid.headers.get('location').startsWith(world.shop_url), `${paid.status} ${paid.headers.get('location')}`);
    await world.until('the payment is captured', async () =>
      (await this.view()).payments.some((each) => each.payment_id === payment.payment_id && each.state === 'captured'));
  }

  // The sellers' goods come in as the market says.
  async warehouse_receives() {
    const { world, check } = this;
    // In small steps: the market closes what is not paid for in some days.
    await world.until('all is bought', async () =>
      !(await this.view()).purchases.some((each) => ['queued', 'placing', 'placed'].includes(each.state)));
    const arrived = await world.until('all that was bought has arrived', async () => {
      const { purchases } = await this.view();
      const { market } = await world.control('/control/books');
      const is_here = ({ purchase_id, bought }) => bought.every(({ upstream_order_id }) =>
        market.orders[purchase_id].some((each) => each.upstream_order_id === upstream_order_id && each.state === 'received'));
      const all_are_here = purchases.every((each) => ended.includes(each.state) ||
        (each.state === 'shipped' && each.waybills.length > 0 && is_here(each)));
      return all_are_here ? purchases.filter((each) => each.state === 'shipped') : null;
    }, 'PT7H');
    for (const purchase of arrived)
      for (const waybill of purchase.waybills) {
        const stranger = await world.call('POST', '/v1/warehouse/shipments', { waybill });
        check('a shopper is not the warehouse', stranger.status === 404, JSON.stringify(stranger));
        const received = await world.operate('POST', '/v1/warehouse/shipments', { waybill });
        check('the warehouse scans the box', received.body.purchase_id === purchase.purchase_id, JSON.stringify(received));
      }
  }

  // After an answer that was lost they look whether it was done already.
  async warehouse_inspects(purchase_id, verdict) {
    await this.world.until(`the warehouse looks at the goods and says ${verdict}`, async () => {
      const purchase = (await this.view()).purchases.find((each) => each.purchase_id === purchase_id);
      if (purchase.state !== 'received') return purchase;
      await this.world.operate('POST', '/v1/warehouse/inspections', { purchase_id, verdict });
      return null;
    });
  }

  async warehouse_packs() {
    for (const { purchase_id, state } of (await this.view()).purchases)
      if (state === 'received') await this.warehouse_inspects(purchase_id, 'accept');
    const packed = await this.world.operate('POST', '/v1/warehouse/parcels', { order_id: this.order_id, weight_grams: 1830 });
    this.check('the parcel is packed', packed.status === 200 && packed.body.parcel_id.startsWith('par_'),
      JSON.stringify(packed));
  }

  async is_followed_to_the_end() {
    await this.world.until('the order has come to its end', async () =>
      ['closed', 'cancelled'].includes((await this.view()).order.state), 'PT13H');
  }
}
