// A simulated 1688 small enough to know by heart. Written for these tests.
//
//   cup        seller tea    each colour its price; white ¥9.90 ×100, blue ¥12.00 ×3; MOQ 2; 300 g; first kilo ¥4, each more ¥2
//   tee        seller cloth  tiers by all sizes: 5 ¥25.40, 25 ¥23.75, 250 ¥21.90; plenty; mixed batch 10 pieces or ¥200; free
//   hourglass  seller tea    no variants; tiers 12 ¥9.60, 60 ¥8.65; lots of 12; 600; ¥8, free over ¥200
//   socks      seller cloth  each size its price, ¥0.99; stock not known; MOQ 10, lots of 10; flat ¥5
#pragma once

#include <string>
#include <string_view>

#include "shared/marketplace/simulator/market.hpp"

namespace sampan::small_market {

inline constexpr std::string_view products_json = R"([
{"product_id":"600000000001","seller_id":"tea","title_zh":"景德镇陶瓷茶杯家用","title_en":"Porcelain Tea cup","category_zh":["餐具"],"category_en":["Tableware"],
 "pictures":[{"glyph":"1f375","hue":0,"background":["#FFFFFF","#EEEEEE"]},{"glyph":"1f375","hue":90,"background":["#FFFFFF","#EEEEEE"],"saturate":60}],
 "options":[{"zh":"颜色","en":"Colour","values":[{"zh":"白色","en":"White"},{"zh":"蓝色","en":"Blue","hue":90,"swatch":"#0000FF"}]}],
 "skus":[{"sku_id":"71","spec_id":"aaaa0000aaaa0000aaaa0000aaaa0001","values":[0],"price_fen":990,"stock":100},
         {"sku_id":"72","spec_id":"aaaa0000aaaa0000aaaa0000aaaa0002","values":[1],"price_fen":1200,"stock":3,"weight_grams":350}],
 "moq":2,"lot_size":1,"quote_type":1,"tier_prices":[{"min_quantity":2,"price_fen":990}],
 "domestic_freight":{"kind":"first_step","threshold_fen":0,"fen":400,"first_grams":1000,"step_grams":1000,"step_fen":200},
 "weight_grams":300,"size":{"length_mm":100,"width_mm":100,"height_mm":90},"monthly_sales":500,"restock":{"sales_per_day_tenths":15,"every_days":7,"quantity":40}},
{"product_id":"600000000002","seller_id":"cloth","title_zh":"纯棉T恤短袖批发","title_en":"Cotton T-shirt wholesale","category_zh":["女装"],"category_en":["Clothing"],
 "pictures":[],"options":[{"zh":"尺码","en":"Size","values":[{"zh":"M","en":"M"},{"zh":"L","en":"L"}]}],
 "skus":[{"sku_id":"81","spec_id":"bbbb0000bbbb0000bbbb0000bbbb0001","values":[0],"price_fen":2540,"stock":"plenty"},
         {"sku_id":"82","spec_id":"bbbb0000bbbb0000bbbb0000bbbb0002","values":[1],"price_fen":2540,"stock":"plenty"}],
 "moq":5,"lot_size":1,"quote_type":2,"tier_prices":[{"min_quantity":5,"price_fen":2540},{"min_quantity":25,"price_fen":2375},{"min_quantity":250,"price_fen":2190}],
 "mixed_batch":{"min_quantity":10,"min_amount_fen":20000},
 "domestic_freight":{"kind":"free","threshold_fen":0,"fen":0,"first_grams":0,"step_grams":0,"step_fen":0},
 "weight_grams":200,"size":{"length_mm":280,"width_mm":220,"height_mm":30},"monthly_sales":900,"restock":{"sales_per_day_tenths":58,"every_days":5,"quantity":5}},
{"product_id":"600000000003","seller_id":"tea","title_zh":"玻璃沙漏批发","title_en":"Glass hourglass wholesale","category_zh":["家居"],"category_en":["Home"],
 "pictures":[],"options":[],"skus":[{"sku_id":"91","spec_id":"cccc0000cccc0000cccc0000cccc0001","values":[],"price_fen":960,"stock":600}],
 "moq":12,"lot_size":12,"quote_type":0,"tier_prices":[{"min_quantity":12,"price_fen":960},{"min_quantity":60,"price_fen":865}],
 "domestic_freight":{"kind":"free_over","threshold_fen":20000,"fen":800,"first_grams":0,"step_grams":0,"step_fen":0},
 "weight_grams":180,"size":{"length_mm":110,"width_mm":60,"height_mm":60},"monthly_sales":40,"restock":{"sales_per_day_tenths":20,"every_days":3,"quantity":12}},
{"product_id":"600000000004","seller_id":"cloth","title_zh":"中筒棉袜批发","title_en":"Crew socks wholesale","category_zh":["内衣"],"category_en":["Underwear"],
 "pictures":[],"options":[{"zh":"尺码","en":"Size","values":[{"zh":"均码","en":"One size"}]}],
 "skus":[{"sku_id":"85","spec_id":"dddd0000dddd0000dddd0000dddd0001","values":[0],"price_fen":99,"stock":null}],
 "moq":10,"lot_size":10,"quote_type":1,"tier_prices":[{"min_quantity":10,"price_fen":99}],
 "domestic_freight":{"kind":"flat","threshold_fen":0,"fen":500,"first_grams":0,"step_grams":0,"step_fen":0},
 "weight_grams":50,"size":{"length_mm":180,"width_mm":90,"height_mm":20},"monthly_sales":900,"restock":{"sales_per_day_tenths":290,"every_days":7,"quantity":50}}
])";

inline constexpr std::string_view sellers_json = R"([
{"seller_id":"tea","name_zh":"茶具厂","name_en":"Tea Works","city_zh":"景德镇","city_en":"Jingdezhen","dispatch_per_mille":[1000,0,0,0,0,0]},
{"seller_id":"cloth","name_zh":"服饰厂","name_en":"Cloth Works","city_zh":"石狮","city_en":"Shishi","dispatch_per_mille":[0,0,0,0,0,1000]}
])";

inline const PurchaseItem white_cup{{"600000000001"}, {"71"}, "aaaa0000aaaa0000aaaa0000aaaa0001", 2};
inline const PurchaseItem blue_cup{{"600000000001"}, {"72"}, "aaaa0000aaaa0000aaaa0000aaaa0002", 2};
inline const PurchaseItem tee_m{{"600000000002"}, {"81"}, "bbbb0000bbbb0000bbbb0000bbbb0001", 5};
inline const PurchaseItem tee_l{{"600000000002"}, {"82"}, "bbbb0000bbbb0000bbbb0000bbbb0002", 5};
inline const PurchaseItem hourglass{{"600000000003"}, {"600000000003"}, "", 12};
inline const PurchaseItem socks{{"600000000004"}, {"85"}, "dddd0000dddd0000dddd0000dddd0001", 10};

inline PurchaseItem so_many(PurchaseItem item, int64_t quantity) {
  item.quantity = quantity;
  return item;
}

inline constexpr Instant opening{1'795'000'000'000};  // 2026-11-18

// Nobody else trades, so that a stock is what the story made it.
inline MarketRules quiet_rules() {
  MarketRules rules;
  rules.others_trade = false;
  rules.opening_balance_fen = 100'000;
  return rules;
}

inline Catalogue catalogue() { return *parse_catalogue(products_json, sellers_json); }
inline SimulatedMarket market(const MarketRules& rules = quiet_rules()) { return {catalogue(), rules, opening}; }

}  // namespace sampan::small_market
