#include "shared/marketplace/link_sites.hpp"

namespace sampan {
namespace {

using enum LinkTarget;

constexpr std::array sites{
    LinkSite{"taobao.com", SiteKind::taobao},
    LinkSite{"tmall.com", SiteKind::tmall},
    LinkSite{"tmall.hk", SiteKind::tmall},
    LinkSite{"detail.yao.95095.com", SiteKind::tmall},
    LinkSite{"detail.liangxinyao.com", SiteKind::tmall},
    LinkSite{"taobao.global", SiteKind::taobao_global},
    LinkSite{"1688.com", SiteKind::alibaba1688},
    LinkSite{"jd.com", SiteKind::jd},
    LinkSite{"jd.hk", SiteKind::jd},
    LinkSite{"jkcsjd.com", SiteKind::jd},
    LinkSite{"jingfen.jd.com", SiteKind::jd_union},
    LinkSite{"weidian.com", SiteKind::weidian},
    LinkSite{"youshop10.com", SiteKind::weidian},
    LinkSite{"m.tb.cn", SiteKind::short_link},
    LinkSite{"e.tb.cn", SiteKind::short_link},
    LinkSite{"s.click.taobao.com", SiteKind::short_link},
    LinkSite{"uland.taobao.com", SiteKind::short_link},
    LinkSite{"qr.1688.com", SiteKind::short_link},
    LinkSite{"k.youshop10.com", SiteKind::short_link},
    LinkSite{"u.jd.com", SiteKind::short_link},
    LinkSite{"3.cn", SiteKind::short_link},
    LinkSite{"cnfans.com", SiteKind::agent},
    LinkSite{"mulebuy.com", SiteKind::agent},
    LinkSite{"joyagoo.com", SiteKind::agent},
    LinkSite{"lovegobuy.com", SiteKind::agent},
    LinkSite{"orientdig.com", SiteKind::agent},
    LinkSite{"joyabuy.com", SiteKind::agent},
    LinkSite{"acbuy.com", SiteKind::agent},
    LinkSite{"oopbuy.com", SiteKind::agent},
    LinkSite{"hoobuy.com", SiteKind::agent},
    LinkSite{"usfans.com", SiteKind::agent},
    LinkSite{"cssbuy.com", SiteKind::agent},
    LinkSite{"superbuy.com", SiteKind::agent},
    LinkSite{"kakobuy.com", SiteKind::agent},
    LinkSite{"allchinabuy.com", SiteKind::agent},
    LinkSite{"sugargoo.com", SiteKind::agent},
};

constexpr std::array shops{
    ShopLabel{SiteKind::taobao, "s"},
    ShopLabel{SiteKind::taobao, "store"},
    ShopLabel{SiteKind::taobao, "shop*"},
};

// clang-format off
constexpr std::array forms{
    //     host                     id of          path                key
    IdForm{SiteKind::taobao,        taobao,        "",                 "id"},
    IdForm{SiteKind::taobao,        taobao,        "",                 "itemId"},
    IdForm{SiteKind::taobao,        taobao,        "/item/*.htm",      ""},
    IdForm{SiteKind::taobao,        taobao,        "/i*.htm",          ""},
    IdForm{SiteKind::taobao,        taobao,        "/list/item/*.htm", ""},
    IdForm{SiteKind::tmall,         taobao,        "",                 "id"},
    IdForm{SiteKind::tmall,         taobao,        "/item/*.htm",      ""},
    IdForm{SiteKind::taobao_global, taobao_global, "",                 "mpId"},
    IdForm{SiteKind::alibaba1688,   alibaba1688,   "/offer/*.html",    ""},
    IdForm{SiteKind::alibaba1688,   alibaba1688,   "",                 "offerId"},
    IdForm{SiteKind::jd,            jd,            "/*.html",          ""},
    IdForm{SiteKind::jd,            jd,            "/product/*.html",  ""},
    IdForm{SiteKind::jd,            jd,            "",                 "wareId"},
    IdForm{SiteKind::jd,            jd,            "",                 "sku"},
    IdForm{SiteKind::weidian,       weidian,       "",                 "itemID"},
    IdForm{SiteKind::weidian,       weidian,       "",                 "itemId"},
};
// clang-format on

constexpr std::array skus{
    SkuKey{taobao, "skuId"},
};

constexpr std::array platform_words{
    TargetWord{"taobao", taobao},
    TargetWord{"tmall", taobao},
    TargetWord{"weidian", weidian},
    TargetWord{"ali_1688", alibaba1688},
};
constexpr std::array mulebuy_words{
    TargetWord{"taobao", taobao},        TargetWord{"tmall", taobao},     TargetWord{"weidian", weidian},
    TargetWord{"ali_1688", alibaba1688}, TargetWord{"1688", alibaba1688},
};
constexpr std::array shop_type_words{
    TargetWord{"taobao", taobao},
    TargetWord{"weidian", weidian},
    TargetWord{"ali_1688", alibaba1688},
};
constexpr std::array acbuy_words{
    TargetWord{"tb", taobao},
    TargetWord{"wd", weidian},
    TargetWord{"al", alibaba1688},
};
constexpr std::array oopbuy_words{
    TargetWord{"0", alibaba1688}, TargetWord{"1688", alibaba1688}, TargetWord{"1", taobao},
    TargetWord{"2", weidian},     TargetWord{"weidian", weidian},
};
constexpr std::array hoobuy_words{
    TargetWord{"0", alibaba1688},
    TargetWord{"1", taobao},
    TargetWord{"2", weidian},
};
// Not hoobuy's: the same numbers mean other marketplaces.
constexpr std::array usfans_words{
    TargetWord{"1", alibaba1688},
    TargetWord{"2", taobao},
    TargetWord{"3", weidian},
};
constexpr std::array only_taobao{TargetWord{"", taobao}};
constexpr std::array only_1688{TargetWord{"", alibaba1688}};
constexpr std::array only_weidian{TargetWord{"", weidian}};

// clang-format off
constexpr std::array queries{
    //         site             path        marketplace  id       words
    AgentQuery{"cnfans.com",    "/product", "platform",  "id",    platform_words},
    AgentQuery{"mulebuy.com",   "/product", "platform",  "id",    mulebuy_words},
    AgentQuery{"joyagoo.com",   "/product", "platform",  "id",    platform_words},
    AgentQuery{"lovegobuy.com", "/product", "platform",  "id",    platform_words},
    AgentQuery{"orientdig.com", "/product", "platform",  "id",    platform_words},
    AgentQuery{"cnfans.com",    "/product", "shop_type", "id",    shop_type_words},
    AgentQuery{"mulebuy.com",   "/product", "shop_type", "id",    shop_type_words},
    AgentQuery{"joyabuy.com",   "/product", "shop_type", "id",    shop_type_words},
    AgentQuery{"acbuy.com",     "/product", "source",    "id",    acbuy_words},
    AgentQuery{"oopbuy.com",    "",         "channelId", "spuNo", oopbuy_words},
};
// clang-format on

// clang-format off
constexpr std::array paths{
    //        site          path                  words
    AgentPath{"oopbuy.com", "/product/?/*",         oopbuy_words},
    AgentPath{"hoobuy.com", "/product/?/*",         hoobuy_words},
    AgentPath{"usfans.com", "/product/?/*",         usfans_words},
    AgentPath{"cssbuy.com", "/item-*.html",         only_taobao},
    AgentPath{"cssbuy.com", "/item-1688-*.html",    only_1688},
    AgentPath{"cssbuy.com", "/item-micro-*.html",   only_weidian},
    AgentPath{"cssbuy.com", "/item-weidian-*.html", only_weidian},
};
// clang-format on

constexpr std::array<std::string_view, 5> nesting{"superbuy.com", "kakobuy.com", "allchinabuy.com", "sugargoo.com",
                                                  "cssbuy.com"};
constexpr std::array<std::string_view, 2> nested_keys{"url", "productLink"};

}  // namespace

std::span<const LinkSite> link_sites() { return sites; }

bool is_host_of(std::string_view domain, std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  if (!host.ends_with(domain)) return false;
  return host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.';
}

const LinkSite* find_site(std::string_view host) {
  const LinkSite* found = nullptr;
  for (const LinkSite& site : sites)
    if (is_host_of(site.domain, host) && (found == nullptr || site.domain.size() > found->domain.size())) found = &site;
  return found;
}

std::span<const ShopLabel> shop_labels() { return shops; }
std::span<const IdForm> id_forms() { return forms; }
std::span<const SkuKey> sku_keys() { return skus; }
std::span<const AgentQuery> agent_queries() { return queries; }
std::span<const AgentPath> agent_paths() { return paths; }
std::span<const std::string_view> nesting_agents() { return nesting; }
std::span<const std::string_view> nested_link_keys() { return nested_keys; }

}  // namespace sampan
