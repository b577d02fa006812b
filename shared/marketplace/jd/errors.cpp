#include "shared/marketplace/jd/errors.hpp"

#include <array>

namespace sampan::jd {
namespace {

struct CodeRow {
  std::string_view code;
  ErrorCode ours;
};

constexpr std::array jos_rows = {
    CodeRow{"1", ErrorCode::retry_later},                                         // service unavailable
    CodeRow{"2", ErrorCode::quota},        CodeRow{"3", ErrorCode::bad_request},  // HTTP action
    CodeRow{"4", ErrorCode::retry_later},                                         // remote error
    CodeRow{"6", ErrorCode::quota},        CodeRow{"7", ErrorCode::quota},        CodeRow{"8", ErrorCode::auth},
    CodeRow{"9", ErrorCode::auth},         CodeRow{"10", ErrorCode::bad_request}, CodeRow{"11", ErrorCode::retry_later},
    CodeRow{"12", ErrorCode::auth},         // signature
    CodeRow{"15", ErrorCode::bad_request},  // no such method
    CodeRow{"16", ErrorCode::bad_request}, CodeRow{"18", ErrorCode::auth},        CodeRow{"19", ErrorCode::auth},
    CodeRow{"20", ErrorCode::auth},        CodeRow{"21", ErrorCode::auth},        CodeRow{"22", ErrorCode::auth},
    CodeRow{"43", ErrorCode::retry_later},
};

constexpr std::array union_rows = {
    CodeRow{"400", ErrorCode::bad_request}, CodeRow{"403", ErrorCode::auth},
    CodeRow{"404", ErrorCode::not_found},   CodeRow{"411", ErrorCode::not_found},
    CodeRow{"500", ErrorCode::retry_later},
};

constexpr std::array vop_rows = {
    CodeRow{"1001", ErrorCode::bad_request}, CodeRow{"1002", ErrorCode::bad_request},
    CodeRow{"1003", ErrorCode::bad_request}, CodeRow{"1004", ErrorCode::bad_request},
    CodeRow{"2003", ErrorCode::auth},        CodeRow{"2004", ErrorCode::auth},
    CodeRow{"2007", ErrorCode::auth},        CodeRow{"2010", ErrorCode::quota},
    CodeRow{"3004", ErrorCode::sold_out},                                           // off shelf
    CodeRow{"3008", ErrorCode::sold_out},                                           // its gift is out of stock
    CodeRow{"3009", ErrorCode::rejected},                                           // not sold to this region
    CodeRow{"3017", ErrorCode::rejected},                                           // balance
    CodeRow{"3019", ErrorCode::sold_out},    CodeRow{"3204", ErrorCode::rejected},  // too late to cancel
    CodeRow{"3401", ErrorCode::not_found},   CodeRow{"5001", ErrorCode::outcome_unknown},
};

// Both must occur; the second may be empty.
struct TextRow {
  std::string_view text;
  std::string_view with;
  ErrorCode ours;
};

constexpr std::array text_rows = {
    TextRow{"不在您的商品池", "", ErrorCode::not_offered},
    TextRow{"下架", "", ErrorCode::sold_out},
    TextRow{"无货", "", ErrorCode::sold_out},
    TextRow{"库存不足", "", ErrorCode::sold_out},
    TextRow{"起购", "", ErrorCode::below_moq},
    TextRow{"价格", "变", ErrorCode::price_changed},
    TextRow{"价格", "不一致", ErrorCode::price_changed},
    TextRow{"价格", "不符", ErrorCode::price_changed},
    TextRow{"价格", "快照", ErrorCode::price_changed},
    TextRow{"频繁", "", ErrorCode::quota},
    TextRow{"限流", "", ErrorCode::quota},
    TextRow{"token", "", ErrorCode::auth},
    TextRow{"Token", "", ErrorCode::auth},
    TextRow{"无效签名", "", ErrorCode::auth},
    TextRow{"不存在", "", ErrorCode::not_found},
    TextRow{"服务异常", "", ErrorCode::outcome_unknown},
    TextRow{"系统异常", "", ErrorCode::outcome_unknown},
    TextRow{"超时", "", ErrorCode::outcome_unknown},
};

constexpr std::array status_rows = {
    std::pair{401, ErrorCode::auth},
    std::pair{403, ErrorCode::auth},
    std::pair{429, ErrorCode::quota},
};

constexpr std::string_view no_data_or_pool = "0010";

template <size_t size>
std::optional<ErrorCode> found(const std::array<CodeRow, size>& rows, std::string_view code) {
  for (const CodeRow& row : rows)
    if (row.code == code) return row.ours;
  return std::nullopt;
}

bool occurs(std::string_view part, std::string_view in) { return in.find(part) != std::string_view::npos; }

std::optional<ErrorCode> by_text(std::string_view message) {
  for (const TextRow& row : text_rows)
    if (occurs(row.text, message) && occurs(row.with, message)) return row.ours;
  return std::nullopt;
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

std::string_view sentence_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::quota: return "JD takes no more calls for now; this goes on by itself.";
    case ErrorCode::auth: return "JD refused the key, the token or the permission; the operator must act.";
    case ErrorCode::not_found: return "JD has no such thing any more.";
    case ErrorCode::not_offered: return "This product cannot be bought here: our contract with JD does not cover it.";
    case ErrorCode::sold_out: return "JD does not have as many.";
    case ErrorCode::below_moq: return "JD sells more at a time.";
    case ErrorCode::price_changed: return "JD asks another price now.";
    case ErrorCode::bad_request: return "JD cannot understand the request.";
    case ErrorCode::retry_later: return "JD does not do this now; it is tried again.";
    case ErrorCode::outcome_unknown: return "JD did not answer clearly; what happened is looked up.";
    default: return "JD refused.";
  }
}

// Enough to recognise it; a page of HTML helps nobody.
std::string shortened(std::string_view text) { return std::string(text.substr(0, 200)); }

tl::unexpected<Error> refused(ErrorCode ours, std::string_view code, std::string_view message) {
  return fail(ours, std::string(sentence_of(ours)), shortened(code) + (code.empty() ? "" : " ") + shortened(message));
}

// The reply's JSON object; what is none is judged by the status.
Result<Json> read_object(const HttpReply& reply) {
  auto json = parse_json(reply.body);
  const bool is_object = json && json->kind == JsonKind::object;
  if (is_object && reply.status < 500) return json;
  const std::string status = "HTTP " + std::to_string(reply.status);
  for (const auto& [known, ours] : status_rows)
    if (reply.status == known) return fail(ours, std::string(sentence_of(ours)), status);
  return fail(ErrorCode::outcome_unknown, std::string(sentence_of(ErrorCode::outcome_unknown)),
              status + (is_object ? "" : ", no JSON: " + shortened(reply.body)));
}

Result<void> check_jos_error(const Reply& root) {
  const Reply error = root["error_response"];
  if (!error.has_value()) return done();
  const std::string code = error["code"].text();
  const std::string chinese = error["zh_desc"].text();
  const std::string message = chinese.empty() ? error["en_desc"].text() : chinese;
  return refused(jos_error_code(code, message), code, message);
}

const Json* enveloped(const Json& root) {
  for (const JsonMember& member : root.members)
    if (ends_with(member.name, "_responce") || ends_with(member.name, "_response")) return &member.value;
  return nullptr;
}

}  // namespace

ErrorCode jos_error_code(std::string_view code, std::string_view message) {
  if (const auto ours = found(jos_rows, code)) return *ours;
  if (code.size() == 2 && code[0] == '6') return ErrorCode::retry_later;  // 60 to 67: of the platform
  return by_text(message).value_or(ErrorCode::rejected);
}

ErrorCode union_error_code(std::string_view code) { return found(union_rows, code).value_or(ErrorCode::rejected); }

ErrorCode vop_error_code(std::string_view code, std::string_view message) {
  if (code == no_data_or_pool) return occurs("商品池", message) ? ErrorCode::not_offered : ErrorCode::not_found;
  if (const auto ours = found(vop_rows, code)) return *ours;
  if (const auto ours = by_text(message)) return *ours;
  return code.size() == 4 && code[0] == '5' ? ErrorCode::outcome_unknown : ErrorCode::rejected;
}

Result<Json> read_jos_reply(const HttpReply& reply) {
  TRY(const Json json, read_object(reply));
  TRY_DO(check_jos_error(Reply(json)));
  const Json* const envelope = enveloped(json);
  if (envelope == nullptr) return Reply(json).unreadable("an answer or an error");
  const Reply at(*envelope);
  if (const std::string code = at["code"].text(); !code.empty() && code != "0") {
    const std::string message = at["zh_desc"].text();
    return refused(jos_error_code(code, message), code, message);
  }
  for (const std::string_view name : {"queryResult", "getResult", "result"}) {
    const Json* const written = envelope->find(name);
    if (written == nullptr) continue;
    Json inner = *written;
    if (inner.kind == JsonKind::string) {
      auto parsed = parse_json(inner.text);
      if (!parsed) return at[name].unreadable("JSON");
      inner = *std::move(parsed);
    }
    if (inner.kind != JsonKind::object) return at[name].unreadable("an object");
    const std::string code = Reply(inner)["code"].text();
    if (code == "200") return inner;
    if (code.empty()) return at[name].unreadable("a code");
    return refused(union_error_code(code), code, Reply(inner)["message"].text());
  }
  return at["queryResult"].unreadable("what was asked for");
}

Result<Json> read_vop_reply(const HttpReply& reply) {
  TRY(Json json, read_object(reply));
  TRY_DO(check_jos_error(Reply(json)));
  if (const Json* const inner = json.find("success") == nullptr ? enveloped(json) : nullptr) {
    Json unwrapped = *inner;
    json = std::move(unwrapped);
  }
  const Reply root(json);
  if (!root["success"].has_value() && vop_code(root).empty()) return root["success"].unreadable("VOP's answer");
  return json;
}

Result<Reply> vop_result(const Reply& envelope) {
  const std::string code = vop_code(envelope);
  const bool is_well = envelope["success"].is_true() || (!envelope["success"].is_false() && code == "0000");
  if (!is_well) return vop_error(envelope);
  return envelope["result"];
}

Result<Reply> vop_result(const Reply& envelope, Json& text) {
  TRY(const Reply result, vop_result(envelope));
  if (result.is_array() || result.text().empty()) return result;
  auto parsed = parse_json(result.text());
  if (!parsed) return result.unreadable("JSON");
  text = *std::move(parsed);
  return Reply(text);
}

std::string vop_code(const Reply& envelope) { return envelope["resultCode"].text(); }

tl::unexpected<Error> vop_error(const Reply& envelope) {
  const std::string code = vop_code(envelope);
  const std::string message = envelope["resultMessage"].text();
  if (code.empty() && message.empty() && !envelope["success"].is_false())
    return envelope["resultCode"].unreadable("what was asked for, or an error,");
  return refused(vop_error_code(code, message), code, message);
}

namespace {

constexpr size_t longest_error = 4096;  // a good answer is not read twice

// What either gateway says in an error; empty codes for what is none.
struct Said {
  std::string jos;
  std::string vop;
  std::string message;
};

Said said(const Json& json) {
  const Reply root(json);
  const Reply error = root["error_response"];
  if (error.has_value()) return {error["code"].text(), {}, error["zh_desc"].text()};
  if (root["success"].is_false()) return {{}, vop_code(root), root["resultMessage"].text()};
  return {};
}

}  // namespace

bool is_quota_answer(const HttpReply& reply) {
  if (reply.status == 429) return true;
  if (reply.body.size() > longest_error) return false;
  const auto json = parse_json(reply.body);
  if (!json) return false;
  const Said words = said(*json);
  if (!words.jos.empty()) return jos_error_code(words.jos, words.message) == ErrorCode::quota;
  return !words.vop.empty() && vop_error_code(words.vop, words.message) == ErrorCode::quota;
}

bool is_token_answer(const HttpReply& reply) {
  if (reply.body.size() > longest_error) return false;
  const auto json = parse_json(reply.body);
  if (!json) return false;
  const Said words = said(*json);
  if (words.jos == "18" || words.jos == "19") return true;
  return !words.vop.empty() && vop_error_code(words.vop, words.message) == ErrorCode::auth;
}

}  // namespace sampan::jd
