#include <utility>
#include <vector>

#include "proxy/ops/tool.hpp"
#include "shared/marketplace/link.hpp"

namespace sampan {
namespace {

struct LinkQuestion {
  std::string text;
};
FIELDS(LinkQuestion, text)

struct LinkChoices {
  std::vector<LinkedProduct> choices;
};
FIELDS(LinkChoices, choices)

Result<std::string> answer_link(const Json& question, const ParseUrl& parse_url) {
  TRY(const LinkQuestion asked, read(question, static_cast<LinkQuestion*>(nullptr)));
  TRY(std::vector<LinkedProduct> products, read_links(asked.text, parse_url));
  return products.size() == 1 ? to_json(products.front()) : to_json(LinkChoices{std::move(products)});
}

}  // namespace

Tool link_tool(ParseUrl parse_url) {
  return [parse_url = std::move(parse_url)](const Json& question) { return answer_link(question, parse_url); };
}

}  // namespace sampan
