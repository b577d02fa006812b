// The guess of code and attributes. The whole demo marketplace is measured too where SAMPAN_SAMPLES names the folder
// that holds its catalogue/products.json.
#include "shared/catalog/goods_class.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>

namespace sampan {
namespace {

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  INFO(path);
  REQUIRE(file.good());
  return {std::istreambuf_iterator<char>(file), {}};
}

const GoodsClasses& shipped() {
  static const GoodsClasses classes = [] {
    auto parsed = parse_goods_classes(file_text(SAMPAN_SOURCE_ROOT "/assets/rules/goods_classes.json"));
    REQUIRE(parsed.has_value());
    return *std::move(parsed);
  }();
  return classes;
}

struct Sample {
  std::string title;
  std::vector<std::string> category;
  std::string hs6;
  std::vector<GoodsAttribute> goods;
};
FIELDS(Sample, title, category, hs6, goods)

struct SampleFile {
  std::string source;
  std::vector<Sample> samples;
};
FIELDS(SampleFile, source, samples)

struct ChineseCategory {
  std::vector<std::string> zh;
};
FIELDS(ChineseCategory, zh)

struct CatalogueProduct {
  std::string family;
  std::string title_zh;
  ChineseCategory category;
  std::string hs6;
};
FIELDS(CatalogueProduct, family, title_zh, category, hs6)

// A small table of the test's own.
GoodsClasses small() {
  using enum GoodsAttribute;
  return {"sampan-goods-classes/1",
          "test",
          {2026, 11, 24},
          "test",
          {{{"啤酒杯"}, "701337", {fragile}},
           {{"啤酒杯", "不锈钢"}, "732393", {general}},
           {{"手套"}, "611693", {clothing}},
           {{"拳击手套"}, "950699", {general}},
           {{"围巾"}, "611710", {clothing}}},
          {{"充电", {"充电线"}, {battery_builtin}}, {"高仿", {}, {replica}}}};
}

Error error_of(std::string_view json) {
  const auto parsed = parse_goods_classes(json);
  REQUIRE(!parsed.has_value());
  CHECK(parsed.error().code == ErrorCode::bad_data);
  return parsed.error();
}

std::string table_of(const std::string& classes) {
  return R"({"format":"sampan-goods-classes/1","revision":"1","checked":"2026-11-24","source":"test","attributes":[],"classes":[)" +
         classes + "]}";
}

}  // namespace

TEST_CASE("the longest match names the goods", "[goods_class]") {
  struct Case {
    const char* why;
    const char* title;
    std::vector<std::string> category;
    const char* hs6;
  };
  const Case c = GENERATE(values<Case>({
      {"one word", "加厚啤酒杯", {}, "701337"},
      {"two words are longer than one", "加厚啤酒杯 304不锈钢", {}, "732393"},
      {"a longer word holds a shorter one", "成人拳击手套", {}, "950699"},
      {"the category speaks too", "保暖加厚新款", {"服饰配件", "手套"}, "611693"},
      {"of two equally long the title's wins", "围巾女冬季", {"服饰配件", "手套"}, "611710"},
      {"of two equally long in the title the earlier row wins", "围巾手套套装", {}, "611693"},
  }));
  CAPTURE(c.why);
  CHECK(goods_class(small(), c.title, c.category).hs6 == c.hs6);
}

TEST_CASE("what no word names is unknown, and said to be", "[goods_class]") {
  const GoodsClass guess = goods_class(small(), "神秘好物", {"其他"});
  CHECK(!guess.is_known());
  CHECK(guess.hs6.empty());
  CHECK(guess.goods.empty());
  CHECK(guess.because.empty());
}

TEST_CASE("the guess names the words that decided it", "[goods_class]") {
  CHECK(goods_class(small(), "啤酒杯 不锈钢", {}).because == std::vector<std::string>{"啤酒杯", "不锈钢"});
}

TEST_CASE("an attribute's word adds to the goods unless its exception stands there", "[goods_class]") {
  using enum GoodsAttribute;
  CHECK(goods_class(small(), "充电手套", {}).goods == std::vector{clothing, battery_builtin});
  CHECK(goods_class(small(), "手套 送充电线", {}).goods == std::vector{clothing});
  CHECK(goods_class(small(), "啤酒杯 不锈钢 高仿", {}).goods == std::vector{replica});  // no longer nothing special
  CHECK(goods_class(small(), "高仿好物", {}).goods == std::vector{replica});
  CHECK(!goods_class(small(), "高仿好物", {}).is_known());
}

TEST_CASE("a table that cannot be used is refused with its row", "[goods_class]") {
  CHECK(parse_goods_classes(table_of(R"({"words":["a"],"hs6":"610910","goods":["general"]})")).has_value());
  CHECK(error_of("{").context.rfind("byte", 0) == 0);
  CHECK(error_of(table_of(R"({"words":[],"hs6":"610910","goods":["general"]})")).context ==
        "classes row 1: it needs words");
  CHECK(error_of(table_of(R"({"words":[""],"hs6":"610910","goods":["general"]})")).context ==
        "classes row 1: it needs words");
  CHECK(error_of(table_of(R"({"words":["a"],"hs6":"6109","goods":["general"]})")).context ==
        "classes row 1: hs6 must be six digits");
  CHECK(error_of(table_of(R"({"words":["a"],"hs6":"610910","goods":[]})")).context == "classes row 1: it needs goods");
  const std::string row = R"({"words":["a"],"hs6":"610910","goods":["general"]})";
  CHECK(error_of(table_of(row + "," + row)).context == "classes row 2: its words have a row already: a");
  CHECK(
      error_of(table_of(R"({"words":["a"],"hs6":"610910","goods":["gold"]})")).context.rfind("/classes/0/goods/0", 0) ==
      0);
}

TEST_CASE("the shipped table guesses the code of titles as sellers write them", "[goods_class]") {
  const auto file = from_json<SampleFile>(file_text(SAMPAN_SOURCE_ROOT "/tests/fixtures/goods_titles.json"));
  REQUIRE(file.has_value());
  REQUIRE(file->samples.size() >= 40);
  size_t right = 0;
  for (const Sample& sample : file->samples) {
    const GoodsClass guess = goods_class(shipped(), sample.title, sample.category);
    if (guess.hs6 == sample.hs6)
      ++right;
    else
      UNSCOPED_INFO(sample.title << ": " << guess.hs6 << " for " << sample.hs6);
  }
  CHECK(right * 100 >= file->samples.size() * 95);
}

TEST_CASE("batteries, liquids, blades and food are seen in a title", "[goods_class]") {
  using enum GoodsAttribute;
  struct Case {
    const char* title;
    GoodsAttribute goods;
  };
  const Case c = GENERATE(values<Case>({
      {"20000毫安充电宝 快充", battery_pure},
      {"头戴式蓝牙耳机降噪无线", battery_builtin},
      {"头戴式蓝牙耳机降噪无线", wireless},
      {"阳江厨房菜刀家用切片刀", knife},
      {"秦岭土蜂蜜农家自产", liquid},
      {"秦岭土蜂蜜农家自产", food},
      {"口红女雾面丝绒唇膏", cosmetic},
      {"马蹄形磁铁强磁吸铁石", magnet},
      {"一比一高仿名牌手提包", replica},
      {"四轴无人机航拍", drone},
  }));
  CAPTURE(c.title);
  const std::vector<GoodsAttribute> goods = goods_class(shipped(), c.title, {}).goods;
  CHECK(std::set<GoodsAttribute>(goods.begin(), goods.end()).count(c.goods) == 1);
}

TEST_CASE("over the whole demo marketplace the guess is right for 95 in 100 products", "[goods_class]") {
  const char* const folder = std::getenv("SAMPAN_SAMPLES");
  if (folder == nullptr) SKIP("SAMPAN_SAMPLES names no folder");
  const auto products =
      from_json<std::vector<CatalogueProduct>>(file_text(std::string(folder) + "/catalogue/products.json"));
  REQUIRE(products.has_value());
  size_t six = 0;
  size_t four = 0;
  std::set<std::string> families;
  std::set<std::string> wrong_families;
  for (const CatalogueProduct& product : *products) {
    const std::string hs6 = goods_class(shipped(), product.title_zh, product.category.zh).hs6;
    six += hs6 == product.hs6 ? 1 : 0;
    four += hs6.substr(0, 4) == product.hs6.substr(0, 4) ? 1 : 0;
    families.insert(product.family);
    if (hs6 != product.hs6) wrong_families.insert(product.family);
  }
  WARN(products->size() << " products: " << six << " right at six digits, " << four << " at four; "
                        << wrong_families.size() << " of " << families.size() << " families have a wrong one");
  CHECK(six * 100 >= products->size() * 95);
  CHECK(wrong_families.size() * 100 <= families.size() * 5);
}

}  // namespace sampan
