// What a product is for carriers and customs, guessed from the seller's Chinese title and category: its HS code and
// the attributes that a lane accepts, refuses or asks about. A guess: the warehouse's check sets it for good.
//
// Range   hs6 is six digits of HS 2022, or empty where no word of the table occurs: unknown is said, never invented
// Errors  bad_data for a table that cannot be used, with a sentence that names the row
// Source  assets/rules/goods_classes.json, dated, an operator's to change; the attributes are those of the packing
//         instructions of IATA (PI965 to 967) and of the forwarders' lists
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/core/json.hpp"

namespace sampan {

enum class GoodsAttribute {
  general,
  clothing,
  shoes,
  battery_builtin,  // PI967
  battery_packed,   // PI966
  battery_pure,     // PI965: no passenger aircraft
  magnet,
  liquid,
  cream,
  powder,
  aerosol,
  flammable,
  food,
  meat_dairy_plant,
  medicine,
  supplement,
  cosmetic,
  blade,
  weapon_like,
  replica,
  branded,
  media,
  seed,
  wood,
  oversize,
  fragile,
  tobacco,
  alcohol,
  adult,
  currency,
  jewellery_precious,
  wildlife,  // CITES
  wireless,  // CE, FCC
  medical_device,
  toy,  // CE, CPC
  laser,
  drone,
  knife
};
WORDS(GoodsAttribute, general, clothing, shoes, battery_builtin, battery_packed, battery_pure, magnet, liquid, cream,
      powder, aerosol, flammable, food, meat_dairy_plant, medicine, supplement, cosmetic, blade, weapon_like, replica,
      branded, media, seed, wood, oversize, fragile, tobacco, alcohol, adult, currency, jewellery_precious, wildlife,
      wireless, medical_device, toy, laser, drone, knife)

// A row speaks when all its words occur; of the rows that speak, the one with the most bytes of words wins, then the
// one whose first word stands in the title (and not only in the category), then the earlier row.
struct GoodsClassRow {
  std::vector<std::string> words;
  std::string hs6;
  std::vector<GoodsAttribute> goods;
};
FIELDS(GoodsClassRow, words, hs6, goods)

// Words that add attributes whatever the goods are: "充电" is a battery inside. `except` takes the row back.
struct GoodsAttributeRow {
  std::string word;
  std::vector<std::string> except;
  std::vector<GoodsAttribute> goods;
};
FIELDS(GoodsAttributeRow, word, except, goods)

struct GoodsClasses {
  std::string format;  // "sampan-goods-classes/1"
  std::string revision;
  Day checked;
  std::string source;
  std::vector<GoodsClassRow> classes;
  std::vector<GoodsAttributeRow> attributes;
};
FIELDS(GoodsClasses, format, revision, checked, source, classes, attributes)

Result<GoodsClasses> parse_goods_classes(std::string_view json);

struct GoodsClass {
  std::string hs6;                    // empty: unknown
  std::vector<GoodsAttribute> goods;  // in the order of the enum; empty only where hs6 is and no word adds one
  std::vector<std::string> because;   // the words that decided hs6
  bool is_known() const { return !hs6.empty(); }
};
FIELDS(GoodsClass, hs6, goods, because)

GoodsClass goods_class(const GoodsClasses& classes, std::string_view title, const std::vector<std::string>& category);

}  // namespace sampan
