#include "shared/marketplace/taobao/errors.hpp"

#include <algorithm>
#include <array>

#include "shared/marketplace/taobao/iop_words.hpp"

namespace sampan::taobao {
namespace {

struct IopRow {
  std::string_view code;
  ErrorCode ours;
};

constexpr std::array iop_rows = {
    IopRow{"IncompleteSignature", ErrorCode::auth},
    IopRow{"InvalidSignature", ErrorCode::auth},
    IopRow{"IllegalAccessToken", ErrorCode::auth},
    IopRow{"MissingAccessToken", ErrorCode::auth},
    IopRow{"IllegalRefreshToken", ErrorCode::auth},
    IopRow{"InvalidAppKey", ErrorCode::auth},
    IopRow{"AppWhiteIpLimit", ErrorCode::auth},
    IopRow{"InsufficientPermission", ErrorCode::auth},
    IopRow{"ApiCallLimit", ErrorCode::quota},
    IopRow{"AppCallLimit", ErrorCode::quota},
    IopRow{"901", ErrorCode::quota},
    IopRow{"ServiceTimeout", ErrorCode::outcome_unknown},
    IopRow{"InternalError", ErrorCode::outcome_unknown},
    IopRow{"ServiceUnavailable", ErrorCode::outcome_unknown},
    IopRow{"MissingParameter", ErrorCode::bad_request},
    IopRow{"InvalidParameter", ErrorCode::bad_request},
    IopRow{"InvalidTimestamp", ErrorCode::retry_later},  // too long on its way, or our clock: signed anew each time
    IopRow{"InvalidApiPath", ErrorCode::bad_request},
};

struct TopRow {
  int64_t first;
  int64_t last;
  ErrorCode ours;
};

// What is not in here, 15 (a remote service), 50, 530 and the rest, is told by its sub_code.
constexpr std::array top_rows = {
    TopRow{3, 3, ErrorCode::rejected},      TopRow{4, 8, ErrorCode::quota},
    TopRow{9, 9, ErrorCode::bad_request},   TopRow{10, 10, ErrorCode::outcome_unknown},
    TopRow{11, 13, ErrorCode::auth},        TopRow{21, 23, ErrorCode::bad_request},
    TopRow{24, 29, ErrorCode::auth},         // signature, session, app key
    TopRow{30, 34, ErrorCode::bad_request},  // our clock; the version
    TopRow{40, 41, ErrorCode::bad_request}, TopRow{42, 43, ErrorCode::rejected},
    TopRow{47, 47, ErrorCode::bad_request},
};

struct SubCodeRow {
  std::string_view start;
  ErrorCode ours;
};

constexpr std::array sub_code_rows = {
    SubCodeRow{"isp.", ErrorCode::outcome_unknown},
    SubCodeRow{"accesscontrol.limited-by", ErrorCode::quota},
    SubCodeRow{"isv.app-call-limited", ErrorCode::quota},
    SubCodeRow{"isv.permission-", ErrorCode::auth},
    SubCodeRow{"isv.invalid-signature", ErrorCode::auth},
    SubCodeRow{"invalid-sessionkey", ErrorCode::auth},
    SubCodeRow{"session-expired", ErrorCode::auth},
    SubCodeRow{"sessionkey-not-generated-by-app", ErrorCode::auth},
    SubCodeRow{"isv.item-not-exist", ErrorCode::not_found},
    SubCodeRow{"isv.item-is-delete", ErrorCode::not_found},
    SubCodeRow{"isv.item-get-service-error:ITEM_NOT_FOUND", ErrorCode::not_found},
    SubCodeRow{"isv.trade-not-exist", ErrorCode::not_found},
    SubCodeRow{"isv.user-not-exist", ErrorCode::bad_request},
    SubCodeRow{"isv.invalid-parameter", ErrorCode::bad_request},
    SubCodeRow{"isv.missing-parameter", ErrorCode::bad_request},
};

constexpr std::string_view their_fault = "系统错误，请稍后再试";

constexpr std::array token_codes = {std::string_view("IllegalAccessToken"), std::string_view("MissingAccessToken"),
                                    std::string_view("26"), std::string_view("27")};

constexpr std::array http_rows = {
    std::pair{401, ErrorCode::auth},
    std::pair{403, ErrorCode::auth},
    std::pair{429, ErrorCode::quota},
};

constexpr size_t longest_error = 4096;  // a good answer is not read twice

std::string_view sentence_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::quota: return "Taobao takes no more calls for now; this goes on by itself.";
    case ErrorCode::auth: return "Taobao refused the key, the token or the permission; the operator must act.";
    case ErrorCode::not_found: return "Taobao has no such thing any more.";
    case ErrorCode::sold_out: return "The seller does not have as many.";
    case ErrorCode::below_moq: return "The seller sells more at a time.";
    case ErrorCode::price_changed: return "The seller asks another price now.";
    case ErrorCode::bad_request: return "Taobao cannot understand the request.";
    case ErrorCode::retry_later: return "Taobao does not do this yet; it is tried again.";
    case ErrorCode::outcome_unknown: return "Taobao did not answer clearly; what happened is looked up.";
    default: return "Taobao refused.";
  }
}

// Enough to recognise it; a page of HTML helps nobody.
std::string shortened(std::string_view text) { return std::string(text.substr(0, 200)); }

tl::unexpected<Error> refused(ErrorCode ours, std::string_view code, std::string_view message) {
  return fail(ours, std::string(sentence_of(ours)), shortened(code) + (code.empty() ? "" : " ") + shortened(message));
}

bool begins_with(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

std::string first_text(const Reply& at, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names)
    if (std::string text = at[name].text(); !text.empty()) return text;
  return {};
}

std::array<Reply, 8> deepest_first(const Reply& root) {
  const Reply data = root["data"];
  const Reply result = root["result"];
  return {data["result"]["data"], data["data"], data["result"], result["data"], result["result"], data, result, root};
}

std::string code_of(const Reply& level) {
  const std::string code = first_text(level, {"error_code", "errorCode", "biz_error_code", "bizErrorCode"});
  return code == "0" || code == "200" ? std::string() : code;
}

std::string message_of(const Reply& level) {
  return first_text(level, {"error_msg", "error_message", "errorMsg", "errorMessage", "biz_error_msg",
                            "inner_error_msg", "reason", "message"});
}

std::string gateway_code(const Reply& root) {
  const std::string code = root["code"].text();
  return code == "0" ? std::string() : code;
}

tl::unexpected<Error> top_refused(const Reply& error) {
  const std::string sub_code = error["sub_code"].text();
  const std::string sub_message = error["sub_msg"].text();
  const std::string message = sub_message.empty() ? error["msg"].text() : sub_message;
  const ErrorCode ours = top_error_code(error["code"].whole().value_or(0), sub_code, message);
  return refused(ours, error["code"].text() + (sub_code.empty() ? "" : " ") + sub_code, message);
}

std::string ban_text(const Reply& root) {
  const Reply error = root["error_response"];
  return error.has_value() ? error["sub_msg"].text() + error["msg"].text() : root["message"].text();
}

}  // namespace

ErrorCode iop_error_code(std::string_view code, std::string_view type) {
  for (const IopRow& row : iop_rows)
    if (row.code == code) return row.ours;
  if (type == "ISP" || type == "SYSTEM") return ErrorCode::outcome_unknown;
  return business_error_code(code, {});
}

ErrorCode business_error_code(std::string_view code, std::string_view message) {
  const std::string upper_code = upper(code);
  for (const BusinessRow& row : business_rows)
    if (contains(upper_code, row.part)) return row.ours;
  for (const BusinessRow& row : business_rows)
    if (contains(message, row.part)) return row.ours;
  return ErrorCode::rejected;
}

ErrorCode top_error_code(int64_t code, std::string_view sub_code, std::string_view message) {
  for (const TopRow& row : top_rows)
    if (row.first <= code && code <= row.last) return row.ours;
  if (contains(message, their_fault)) return ErrorCode::outcome_unknown;
  for (const SubCodeRow& row : sub_code_rows)
    if (begins_with(sub_code, row.start)) return row.ours;
  return ErrorCode::rejected;
}

Result<Json> read_reply(const HttpReply& reply) {
  const std::string status = "HTTP " + std::to_string(reply.status);
  auto json = parse_json(reply.body);
  if (json) {
    const Reply root(*json);
    if (const Reply error = root["error_response"]; error.has_value()) return top_refused(error);
    if (const std::string code = gateway_code(root); !code.empty())
      return refused(iop_error_code(code, root["type"].text()), code, root["message"].text());
    if (reply.status >= 200 && reply.status < 300) return *std::move(json);
  }
  for (const auto& [known, ours] : http_rows)
    if (reply.status == known) return fail(ours, std::string(sentence_of(ours)), status);
  return fail(ErrorCode::outcome_unknown, std::string(sentence_of(ErrorCode::outcome_unknown)),
              status + ", " + (json ? "no error code" : "no JSON: " + shortened(reply.body)));
}

Result<Reply> payload(const Reply& root, std::initializer_list<std::string_view> names) {
  for (const Reply& level : deepest_first(root))
    for (const std::string_view name : names)
      if (level[name].has_value()) return level;
  return business_error(root);
}

Result<Reply> top_answer(const Json& reply) {
  for (const JsonMember& member : reply.members)
    if (ends_with(member.name, "_response")) return Reply(reply)[member.name];
  return Reply(reply)["…_response"].unreadable("an answer of TOP");
}

Result<void> accepted(const Reply& root) {
  for (const Reply& level : deepest_first(root))
    if (level["success"].is_false()) return business_error(root);
  for (const Reply& level : deepest_first(root))
    if (level["success"].is_true()) return done();
  return business_error(root);
}

tl::unexpected<Error> business_error(const Reply& root) {
  for (const Reply& level : deepest_first(root)) {
    const std::string code = code_of(level);
    if (!code.empty()) return refusal(code, message_of(level));
  }
  for (const Reply& level : deepest_first(root))
    if (level["success"].is_false()) return refusal({}, message_of(level));
  return root["data"].unreadable("what was asked for, or an error,");
}

tl::unexpected<Error> refusal(std::string_view code, std::string_view message) {
  return refused(business_error_code(code, message), code, message);
}

Reply first_there(const Reply& at, std::string_view name, std::string_view otherwise) {
  return at[name].has_value() ? at[name] : at[otherwise];
}

std::vector<Reply> rows_of(const Reply& list, Json& text) {
  if (list.is_array()) return list.items();
  if (!list.has_value()) return {};
  if (list.text().empty()) return {list};
  auto parsed = parse_json(list.text());
  if (!parsed || (parsed->kind != JsonKind::array && parsed->kind != JsonKind::object)) return {};
  text = *std::move(parsed);
  return text.kind == JsonKind::array ? Reply(text).items() : std::vector<Reply>{Reply(text)};
}

bool is_quota_answer(const HttpReply& reply) {
  if (reply.body.size() > longest_error) return false;
  const auto read = read_reply(reply);
  return !read && read.error().code == ErrorCode::quota;
}

std::optional<Duration> ban_of(const HttpReply& reply) {
  if (!is_quota_answer(reply)) return std::nullopt;
  const auto json = parse_json(reply.body);
  if (!json) return std::nullopt;
  const std::string text = ban_text(Reply(*json));
  const size_t begin = text.find_first_of("0123456789", text.find("ban will last"));
  if (begin == std::string::npos || !contains(text, "ban will last")) return std::nullopt;
  const size_t end = std::min(text.find_first_not_of("0123456789", begin), text.size());
  const auto number = scaled(std::string_view(text).substr(begin, end - begin), 0);
  constexpr int64_t a_day = 24 * 60 * 60;
  return number && *number <= a_day ? std::optional(seconds(*number)) : std::nullopt;
}

bool is_token_answer(const HttpReply& reply) {
  if (reply.body.size() > longest_error) return false;
  const auto json = parse_json(reply.body);
  if (!json) return false;
  const Reply root(*json);
  const Reply error = root["error_response"];
  const std::string code = error.has_value() ? error["code"].text() : root["code"].text();
  return std::find(token_codes.begin(), token_codes.end(), code) != token_codes.end();
}

}  // namespace sampan::taobao
