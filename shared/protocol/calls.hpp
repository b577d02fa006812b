// The one table of calls. The shop's routes and the tab's worker (endpoints.cpp adds the act to each row), the storefront's
// client (client.hpp) and the OpenAPI document (openapi.hpp) are made of it.
#pragma once

#include "shared/protocol/call.hpp"
#include "shared/protocol/commands.hpp"
#include "shared/protocol/feed.hpp"
#include "shared/usecase/change_cart.hpp"
#include "shared/usecase/pack_parcel.hpp"
#include "shared/usecase/place_order.hpp"
#include "shared/usecase/quote_cart.hpp"
#include "shared/usecase/search_products.hpp"
#include "shared/usecase/show_ledger.hpp"
#include "shared/usecase/show_order.hpp"

namespace sampan::calls {

// clang-format off
inline constexpr Call<SearchProducts, SearchPage> search_products{"GET", "/v1/search", Who::anyone, Repeat::plain, "search_products",
    "What a marketplace sells for these words."};
inline constexpr Call<ProductKey, ProductReading> read_product{"GET", "/v1/products/{marketplace}/{product_id}", Who::anyone, Repeat::plain, "read_product",
    "A product and its stock, read now."};
inline constexpr Call<Nothing, Cart> show_cart{"GET", "/v1/cart", Who::shopper, Repeat::plain, "show_cart",
    "The shopper's cart."};
inline constexpr Call<AddToCart, Cart> add_to_cart{"POST", "/v1/cart/lines", Who::shopper_begins, Repeat::idempotent, "add_to_cart",
    "Puts a product into the cart; a guest's session begins with it."};
inline constexpr Call<ChangeCartLine, Cart> change_cart_line{"PUT", "/v1/cart/lines/{cart_line_id}", Who::shopper, Repeat::idempotent, "change_cart_line",
    "Changes a line's quantity and policy; quantity 0 removes it."};
inline constexpr Call<QuoteCart, Quote> quote_cart{"POST", "/v1/quotes", Who::shopper, Repeat::plain, "quote_cart",
    "What the cart costs landed at home, held for a while."};
inline constexpr Call<PlaceOrder, OfOrder> place_order{"POST", "/v1/orders", Who::shopper, Repeat::idempotent, "place_order",
    "Places the order of a quote."};
inline constexpr Call<Nothing, OrderList> show_orders{"GET", "/v1/orders", Who::shopper, Repeat::plain, "show_orders",
    "The shopper's orders, the newest first."};
inline constexpr Call<OfOrder, OrderView> show_order{"GET", "/v1/orders/{order_id}", Who::shopper, Repeat::plain, "show_order",
    "An order with its purchases, parcels, payments and refunds."};
inline constexpr Call<OfOrder, Nothing> cancel_order{"POST", "/v1/orders/{order_id}/cancel", Who::shopper, Repeat::idempotent, "cancel_order",
    "Gives up what is not bought, asks back what is not sent."};
inline constexpr Call<OfPayment, Captured> capture_payment{"POST", "/v1/payments/{payment_id}/capture", Who::shopper, Repeat::plain, "capture_payment",
    "Asks the provider whether the shopper has paid, and settles it once."};
inline constexpr Call<OfPurchase, OfPayment> approve_price{"POST", "/v1/purchases/{purchase_id}/approve", Who::shopper, Repeat::idempotent, "approve_price",
    "Agrees to a seller's new price: the payment of the difference."};
inline constexpr Call<OfPurchase, Nothing> decline_price{"POST", "/v1/purchases/{purchase_id}/decline", Who::shopper, Repeat::idempotent, "decline_price",
    "Does without what became dearer."};
inline constexpr Call<FollowFeed, FeedPage> follow_feed{"GET", "/v1/feed", Who::shopper, Repeat::plain, "follow_feed",
    "What changes of the shopper's things, as it changes."};
inline constexpr Call<OfWaybill, OfPurchase> receive_shipment{"POST", "/v1/warehouse/shipments", Who::the_operator, Repeat::plain, "receive_shipment",
    "A seller's box has come in, by its waybill."};
inline constexpr Call<InspectPurchase, Nothing> inspect_purchase{"POST", "/v1/warehouse/inspections", Who::the_operator, Repeat::plain, "inspect_purchase",
    "Accepts what came in, or sends it back to its seller."};
inline constexpr Call<PackParcel, OfParcel> pack_parcel{"POST", "/v1/warehouse/parcels", Who::the_operator, Repeat::plain, "pack_parcel",
    "Packs the accepted goods of an order; the carrier is booked."};
inline constexpr Call<ShowLedger, LedgerView> show_ledger{"GET", "/v1/ledger", Who::the_operator, Repeat::plain, "show_ledger",
    "All balances, what is not settled by order, and the entries of an order that is asked for."};
inline constexpr Call<Nothing, ParkedList> show_parked_jobs{"GET", "/v1/jobs/parked", Who::the_operator, Repeat::plain, "show_parked_jobs",
    "The jobs that wait for a person, with why."};
// clang-format on

}  // namespace sampan::calls
