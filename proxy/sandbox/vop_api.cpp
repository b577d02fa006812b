#include "proxy/sandbox/vop_api.hpp"

#include <algorithm>
#include <array>

#include "proxy/sandbox/wire_json.hpp"

namespace sampan {
namespace {

constexpr size_t most_skus = 100;

// By the market's own code; "%" is the SKU or the order that it is about.
struct RefusalWords {
  std::string_view market_code;
  std::string_view code;
  std::string_view message;
};
constexpr std::array refusal_words{
    RefusalWords{"404", "0010", "%查询不到数据"},
    RefusalWords{"400", "1003", "参数错误：%"},
    RefusalWords{"500_001", "3004", "[%]商品已下架，不能下单 "},
    RefusalWords{"500_002", "1003", "参数错误：sku属于多个商家"},
    RefusalWords{"500_003", "0010", "%查询不到数据"},
    RefusalWords{"500_004", "3019", "[%]商品无货"},
    RefusalWords{"500_005", "3999", "[%]商品未达到起购数量"},
    RefusalWords{"500_006", "3999", "[%]商品未达到起购数量"},
    RefusalWords{"500_009", "3999", "[%]商品未达到起购数量"},
    RefusalWords{"balance_not_enough", "3017", "您的余额不足"},
    RefusalWords{"not_in_pool", "0010", "%不在您的商品池中 "},
};

// "600000000001 71: 5" is about SKU 71.
std::string subject_of(std::string_view context) {
  const std::string_view named = context.substr(0, context.find(':'));
  return std::string(named.substr(named.rfind(' ') + 1));
}

bool is_number(std::string_view text) { return json_id(text).kind == JsonKind::number; }

std::vector<std::string> split_at_commas(const std::string& text) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == ',')
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

}  // namespace

tl::unexpected<VopRefusal> vop_refuse(std::string_view code, std::string_view message) {
  return tl::unexpected(VopRefusal{std::string(code), std::string(message), {}});
}

tl::unexpected<VopRefusal> vop_malformed(std::string_view about) {
  return vop_refuse("1003", "参数错误：" + std::string(about));
}

VopRefusal vop_refusal_of(const Error& error) {
  const std::string code = error.context.substr(0, error.context.find(' '));
  for (const RefusalWords& words : refusal_words) {
    if (words.market_code != code) continue;
    std::string message(words.message);
    if (const size_t at = message.find('%'); at != std::string::npos) message.replace(at, 1, subject_of(error.context));
    return {std::string(words.code), std::move(message), {}};
  }
  return {"3999", error.sentence, {}};
}

HttpReply vop_http_reply(const VopResult<VopReply>& answer) {
  const Json body = json_object({
      {"success", json_boolean(answer.has_value())},
      {"resultMessage", json_string(answer ? answer->message : answer.error().message)},
      {"resultCode", json_string(answer ? answer->code : answer.error().code)},
      {"result", answer ? answer->result : answer.error().result},
      {"code", json_integer(200)},
  });
  return {200, {{"Content-Type", "application/json;charset=UTF-8"}}, json_text(body)};
}

VopResult<JdGoods> vop_goods_of(const JdShelf& shelf, const SkuId& id) {
  const auto goods = shelf.find(id);
  if (!goods) return vop_refuse("0010", id.value + "查询不到数据");
  if (!is_buyable(goods->view.product)) return vop_refuse("0010", id.value + "不在您的商品池中 ");
  return *goods;
}

VopResult<std::vector<JdGoods>> vop_goods(const VopScene& call, std::string_view parameter) {
  const std::vector<std::string> ids = split_at_commas(call.parameters.text(parameter));
  if (ids.size() > most_skus || !std::all_of(ids.begin(), ids.end(), is_number)) return vop_malformed(parameter);
  const JdShelf shelf(call.market(), call.scene.now);
  std::vector<JdGoods> all;
  for (const std::string& id : ids) {
    TRY(const JdGoods goods, vop_goods_of(shelf, {id}));
    all.push_back(goods);
  }
  return all;
}

VopResult<std::vector<VopLine>> vop_lines(const VopScene& call, std::string_view parameter, size_t at_most) {
  const auto rows = call.parameters.json(parameter);
  if (!rows || rows->kind != JsonKind::array || rows->items.empty() || rows->items.size() > at_most)
    return vop_malformed(parameter);
  const JdShelf shelf(call.market(), call.scene.now);
  std::vector<VopLine> lines;
  for (const Json& row : rows->items) {
    const std::string id = member_text(row, "skuId");
    const auto quantity = member_integer(row, "num");
    if (!is_number(id) || !quantity || *quantity < 1) return vop_malformed(parameter);
    TRY(const JdGoods goods, vop_goods_of(shelf, {id}));
    lines.push_back({goods, *quantity, member_text(row, "price")});
  }
  return lines;
}

VopResult<void> vop_check_area(const JdParameters& parameters) {
  for (const std::string_view level : {"province", "city", "county"}) {
    const auto id = parameters.integer(level, 0);
    if (!id || *id < 1) return vop_malformed(level);
  }
  const auto town = parameters.integer("town", -1);
  if (!town || *town < 0) return vop_malformed("town");
  return {};
}

}  // namespace sampan
