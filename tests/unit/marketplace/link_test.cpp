#include "shared/marketplace/link.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <map>
#include <string>

#include "proxy/marketplace/url.hpp"
#include "tests/unit/marketplace/fixture.hpp"

namespace sampan {
namespace {

// "taobao 703446760426", with "/sku" behind it, several joined by " + "; or the error's code.
std::string meaning_of(std::string_view text) {
  const auto products = read_links(text, parse_url);
  if (!products) return std::string(word(products.error().code));
  std::string meaning;
  for (const LinkedProduct& product : *products) {
    if (!meaning.empty()) meaning += " + ";
    meaning += std::string(word(product.marketplace)) + " " + product.product_id.value;
    if (product.sku_id) meaning += "/" + product.sku_id->value;
  }
  return meaning;
}

struct Case {
  const char* why;
  std::string text;
  const char* meaning;
};

void check(const Case& c) {
  CAPTURE(c.why, c.text);
  CHECK(meaning_of(c.text) == c.meaning);
}

std::string expected_of(const Json& row) {
  const std::map<std::string, std::string> spaces{
      {"taobao", "taobao"}, {"tmall", "taobao"}, {"taobao_mp", "taobao_global"}, {"1688", "alibaba1688"}, {"jd", "jd"}};
  const std::string outcome = text_of(row, "outcome");
  const std::string platform = text_of(row, "platform");
  if (outcome == "resolve" || platform == "jd_union") return "link_needs_lookup";
  if (outcome == "ok" && platform == "weidian") return "link_unsupported";
  if (outcome == "ok") return spaces.at(platform) + " " + text_of(row, "id");
  return text_of(row, "input") == "703446760426" ? "link_ambiguous" : "link_not_a_product";
}

}  // namespace

TEST_CASE("every known form of link means its product", "[link]") {
  const Json table = fixture("links.json");
  REQUIRE(table.find("cases")->items.size() == 68);
  for (const Json& row : table.find("cases")->items) {
    CAPTURE(text_of(row, "input"), text_of(row, "note"));
    const std::string meaning = meaning_of(text_of(row, "input"));
    CHECK(meaning.substr(0, meaning.find('/')) == expected_of(row));
  }
}

TEST_CASE("the host decides, read as WHATWG reads it", "[link]") {
  check(GENERATE(values<Case>({
      {"upper case", "HTTPS://ITEM.TAOBAO.COM/item.htm?id=703446760426", "taobao 703446760426"},
      {"a port", "https://item.taobao.com:8443/item.htm?id=703446760426", "taobao 703446760426"},
      {"a trailing dot", "https://item.taobao.com./item.htm?id=703446760426", "taobao 703446760426"},
      {"two trailing dots", "https://item.taobao.com../item.htm?id=703446760426", "link_not_a_product"},
      {"full-width letters", "https://ｉｔｅｍ．ｔａｏｂａｏ．ｃｏｍ/item.htm?id=703446760426", "taobao 703446760426"},
      {"a full-width slash", "https://item.taobao.com／item.htm?id=703446760426", "link_not_a_product"},
      {"backslashes", R"(https:\\item.taobao.com\item.htm?id=703446760426)", "taobao 703446760426"},
      {"the listed host as a user", "https://item.taobao.com@evil.example/item.htm?id=703446760426",
       "link_not_a_product"},
      {"a user before the host", "https://evil.example@item.taobao.com/item.htm?id=703446760426",
       "taobao 703446760426"},
      {"a backslash ends the host", R"(https://evil.example\@item.taobao.com/item.htm?id=703446760426)",
       "link_not_a_product"},
      {"a Cyrillic letter", "https://item.tаobao.com/item.htm?id=703446760426", "link_not_a_product"},
      {"punycode of it", "https://item.xn--tobao-4ve.com/item.htm?id=703446760426", "link_not_a_product"},
      {"a name that ends alike", "https://nottaobao.com/item.htm?id=703446760426", "link_not_a_product"},
      {"another scheme", "ftp://item.taobao.com/item.htm?id=703446760426", "link_not_a_product"},
      {"a shop's host", "https://shop118690644.taobao.com/item.htm?id=703446760426", "link_not_a_product"},
      {"the stores' host", "https://store.taobao.com/shop?id=703446760426", "link_not_a_product"},
  })));
}

TEST_CASE("a product id has 5 to 19 digits and no leading zero", "[link]") {
  check(GENERATE(values<Case>({
      {"4 digits", "https://item.taobao.com/item.htm?id=1234", "link_not_a_product"},
      {"5 digits", "https://item.taobao.com/item.htm?id=12345", "taobao 12345"},
      {"19 digits", "https://item.taobao.com/item.htm?id=1234567890123456789", "taobao 1234567890123456789"},
      {"20 digits", "https://item.taobao.com/item.htm?id=12345678901234567890", "link_not_a_product"},
      {"a leading zero", "https://item.taobao.com/item.htm?id=0703446760426", "link_not_a_product"},
      {"full-width digits", "https://item.taobao.com/item.htm?id=７０３４４６７６０４２６", "link_not_a_product"},
      {"a sign", "https://item.taobao.com/item.htm?id=%2B703446760426", "link_not_a_product"},
      {"in a path too", "https://item.jd.com/1234.html", "link_not_a_product"},
  })));
}

TEST_CASE("keys are case-sensitive, and the first value of a key counts", "[link]") {
  check(GENERATE(values<Case>({
      {"ID is not id", "https://item.taobao.com/item.htm?ID=703446760426", "link_not_a_product"},
      {"itemid is not itemId", "https://item.taobao.com/item.htm?itemid=703446760426", "link_not_a_product"},
      {"the first id", "https://item.taobao.com/item.htm?id=703446760426&id=11111111", "taobao 703446760426"},
      {"an escaped key", "https://item.taobao.com/item.htm?%69d=703446760426", "taobao 703446760426"},
      {"id before itemId", "https://item.taobao.com/item.htm?itemId=11111111&id=703446760426", "taobao 703446760426"},
      {"a wrong id is not replaced by itemId", "https://item.taobao.com/item.htm?id=x&itemId=11111111",
       "link_not_a_product"},
      {"an empty id is", "https://item.taobao.com/item.htm?id=&itemId=703446760426", "taobao 703446760426"},
      {"1688: the path before offerId", "https://detail.1688.com/offer/676651652931.html?offerId=11111111",
       "alibaba1688 676651652931"},
      {"JD: wareId before sku", "https://item.m.jd.com/view?sku=11111111&wareId=100012043978", "jd 100012043978"},
      {"the SKU beside a Taobao id", "https://item.taobao.com/item.htm?skuId=4984126341234&id=703446760426&skuId=11111",
       "taobao 703446760426/4984126341234"},
      {"the SKU beside a Tmall id", "https://detail.tmall.com/item.htm?id=909340041645&skuId=4984126341234",
       "taobao 909340041645/4984126341234"},
      {"a broken SKU is none", "https://item.taobao.com/item.htm?id=703446760426&skuId=0", "taobao 703446760426"},
      {"a JD product is its SKU", "https://item.jd.com/100012043978.html?skuId=4984126341234", "jd 100012043978"},
      {"mpId is another id space than id", "https://www.taobao.global/p?id=703446760426&mpId=2048153758314474",
       "taobao_global 2048153758314474"},
  })));
}

TEST_CASE("each agent's site names the marketplaces in its own way", "[link]") {
  const std::string id = "703446760426";
  const auto c = GENERATE_COPY(values<Case>({
      {"cnfans", "https://cnfans.com/product?platform=Taobao&id=" + id, "taobao 703446760426"},
      {"cnfans, 1688 has its long name only", "https://cnfans.com/product?platform=1688&id=" + id,
       "link_not_a_product"},
      {"mulebuy", "https://mulebuy.com/product/?platform=1688&id=" + id, "alibaba1688 703446760426"},
      {"joyagoo", "https://www.joyagoo.com/product?platform=ali_1688&id=" + id, "alibaba1688 703446760426"},
      {"lovegobuy", "https://lovegobuy.com/product?platform=TMALL&id=" + id, "taobao 703446760426"},
      {"orientdig", "https://orientdig.com/product?platform=WEIDIAN&id=" + id, "link_unsupported"},
      {"joyabuy", "https://joyabuy.com/product/?shop_type=ALI_1688&id=" + id, "alibaba1688 703446760426"},
      {"mulebuy, older", "https://mulebuy.com/product/?shop_type=taobao&id=" + id, "taobao 703446760426"},
      {"acbuy", "https://acbuy.com/product?source=al&id=" + id, "alibaba1688 703446760426"},
      {"acbuy has no platform", "https://acbuy.com/product?platform=TAOBAO&id=" + id, "link_not_a_product"},
      {"oopbuy 0", "https://oopbuy.com/product/0/" + id, "alibaba1688 703446760426"},
      {"oopbuy 1688", "https://oopbuy.com/product/1688/" + id, "alibaba1688 703446760426"},
      {"oopbuy 1", "https://oopbuy.com/product/1/" + id, "taobao 703446760426"},
      {"oopbuy 2", "https://oopbuy.com/product/2/" + id, "link_unsupported"},
      {"oopbuy, mobile", "https://m.oopbuy.com/goods/details?channelId=1&spuNo=" + id, "taobao 703446760426"},
      {"hoobuy 0", "https://hoobuy.com/product/0/" + id, "alibaba1688 703446760426"},
      {"hoobuy 1", "https://hoobuy.com/product/1/" + id, "taobao 703446760426"},
      {"hoobuy 2", "https://hoobuy.com/product/2/" + id + "/", "link_unsupported"},
      {"usfans 1", "https://usfans.com/product/1/" + id, "alibaba1688 703446760426"},
      {"usfans 2", "https://usfans.com/product/2/" + id, "taobao 703446760426"},
      {"usfans 3", "https://usfans.com/product/3/" + id, "link_unsupported"},
      {"usfans 0", "https://usfans.com/product/0/" + id, "link_not_a_product"},
      {"cssbuy, no word is Taobao", "https://cssbuy.com/item-" + id + ".html", "taobao 703446760426"},
      {"cssbuy, 1688", "https://cssbuy.com/item-1688-" + id + ".html", "alibaba1688 703446760426"},
      {"cssbuy, weidian", "https://cssbuy.com/item-weidian-" + id + ".html", "link_unsupported"},
      {"no marketplace", "https://cnfans.com/product?id=" + id, "link_not_a_product"},
      {"a name that ends alike", "https://notcnfans.com/product?platform=TAOBAO&id=" + id, "link_not_a_product"},
  }));
  check(c);
}

TEST_CASE("a link in a link is decoded twice at most and read once", "[link]") {
  const std::string buy = "https://www.superbuy.com/en/page/buy?url=";
  const auto c = GENERATE_COPY(values<Case>({
      {"encoded once", buy + "https%3A%2F%2Fitem.taobao.com%2Fitem.htm%3Fid%3D703446760426", "taobao 703446760426"},
      {"not encoded", buy + "https://item.taobao.com/item.htm?id=703446760426", "taobao 703446760426"},
      {"encoded twice", buy + "https%253A%252F%252Fitem.taobao.com%252Fitem.htm%253Fid%253D703446760426",
       "taobao 703446760426"},
      {"encoded three times", buy + "https%25253A%25252F%25252Fitem.jd.com%25252F1071886.html", "link_not_a_product"},
      {"without a scheme", buy + "item.jd.com%2F1071886.html", "jd 1071886"},
      {"a short link", buy + "https%3A%2F%2Fe.tb.cn%2Fh.TkQ0aZ3x9", "link_needs_lookup"},
      {"an agent's link", buy + "https%3A%2F%2Fcnfans.com%2Fproduct%3Fid%3D703446760426%26platform%3DTAOBAO",
       "taobao 703446760426"},
      {"a link in a link in a link",
       buy + "https%3A%2F%2Fkakobuy.com%2F%3Furl%3Dhttps%253A%252F%252Fitem.jd.com%252F1071886.html",
       "link_not_a_product"},
      {"allchinabuy", "https://www.allchinabuy.com/buy?url=https%3A%2F%2Fitem.jd.com%2F1071886.html", "jd 1071886"},
      {"cssbuy", "https://www.cssbuy.com/?url=https%3A%2F%2Fitem.jd.com%2F1071886.html", "jd 1071886"},
      {"a site that is no agent", "https://evil.example/?url=https%3A%2F%2Fitem.jd.com%2F1071886.html",
       "link_not_a_product"},
  }));
  check(c);
}

TEST_CASE("links are found in the words around them", "[link]") {
  check(GENERATE(values<Case>({
      {"Chinese on both sides", "快看https://item.taobao.com/item.htm?id=703446760426这件不错", "taobao 703446760426"},
      {"Chinese inside the query", "https://item.taobao.com/item.htm?title=连衣裙&id=703446760426",
       "taobao 703446760426"},
      {"brackets and a full stop", "(https://item.jd.com/100012043978.html).", "jd 100012043978"},
      {"CJK punctuation", "【https://item.jd.com/100012043978.html】，好", "jd 100012043978"},
      {"quotes of HTML", R"(<a href="https://item.jd.com/100012043978.html">x</a>)", "jd 100012043978"},
      {"no scheme", "detail.1688.com/offer/676651652931.html", "alibaba1688 676651652931"},
      {"no scheme, among words", "看 item.jd.com/1071886.html 吧", "jd 1071886"},
      {"no scheme, two slashes", "//item.jd.com/1071886.html", "jd 1071886"},
      {"no scheme, a user", "item.jd.com@evil.example/1071886.html", "link_not_a_product"},
      {"no scheme, behind another host", "evil.example/item.jd.com/1071886.html", "link_not_a_product"},
      {"two products", "https://item.jd.com/1071886.html https://detail.1688.com/offer/676651652931.html",
       "jd 1071886 + alibaba1688 676651652931"},
      {"two products, glued", "https://item.jd.com/1071886.html和https://detail.1688.com/offer/676651652931.html",
       "jd 1071886 + alibaba1688 676651652931"},
      {"one product twice",
       "https://item.taobao.com/item.htm?id=703446760426 https://detail.tmall.com/item.htm?id=703446760426",
       "taobao 703446760426"},
      {"a product beside a short link", "https://m.tb.cn/h.5fXyZab https://item.jd.com/1071886.html", "jd 1071886"},
      {"a short link beside a shop", "https://shop1.taobao.com/ https://m.tb.cn/h.5fXyZab", "link_needs_lookup"},
      {"a NUL byte", std::string("https://item.jd.com/1071886.html\0x", 34), "jd 1071886"},
      {"broken UTF-8", "\xE5\xFF https://item.jd.com/1071886.html \xC3", "jd 1071886"},
  })));
}

TEST_CASE("what is no link is told apart", "[link]") {
  check(GENERATE(values<Case>({
      {"nothing", "", "link_not_a_product"},
      {"blanks", " \t\n", "link_not_a_product"},
      {"a number with blanks", " 703446760426\n", "link_ambiguous"},
      {"a number too short", "1234", "link_not_a_product"},
      {"a number among words", "iphone 12345", "link_not_a_product"},
      {"a code between brackets", "(AbC12345xYz)", "link_needs_lookup"},
      {"a code between slashes", "/wseKeQ8Eae9/", "link_needs_lookup"},
      {"a code between two signs", "复制$AADPOKFz¥打开", "link_needs_lookup"},
      {"a code of 7", "￥AADPOKF￥", "link_not_a_product"},
      {"a code of 13", "￥AADPOKFzAADPO￥", "link_not_a_product"},
      {"a word between brackets", "dress (beautiful) red", "link_not_a_product"},
      {"a price", "$12345678$", "link_not_a_product"},
      {"a code in a path is none", "https://evil.example/wseKeQ8Eae9/", "link_not_a_product"},
      {"Weidian's shop is no product", "https://weidian.com/?userid=123456", "link_not_a_product"},
      {"half a scheme", "https://", "link_not_a_product"},
  })));
}

}  // namespace sampan
