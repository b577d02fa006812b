// Every story over HTTP, undisturbed; what is refused on the way is part of it.
import { each_at_once, say, stories, tell_story } from './shop_story.mjs';

const sentences = {
  delivered: 'an order goes from search to delivered, and all books agree to the cent',
  bought_on_three_markets: 'a cart of three sellers on three markets becomes three purchases',
  sold_out_after_payment: 'a seller who sells out after payment costs the shopper nothing',
  price_jump_declined: 'a price that jumps waits for the shopper, who may do without',
  price_jump_approved: 'a price that jumps waits for the shopper, who may pay the difference',
  parcel_lost: 'a lost parcel is refunded but for the fee',
  cancelled_before_sending: 'an order cancelled before its goods were sent is refunded whole',
  returned_to_seller: 'goods that fail inspection go back, and their money comes back',
  never_paid: 'an order that nobody pays is cancelled, and nothing is bought',
};

await each_at_once(Object.keys(stories), 4, async (name) => {
  const { complaints } = await tell_story(name);
  say(sentences[name] ?? name, complaints);
});
