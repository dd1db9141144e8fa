//! By whom and for whom.

use serde::{Deserialize, Serialize};

/// One name above a story: «NAME لـ«OUTLET»».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Byline {
    /// Who wrote it, as printed.
    pub name: String,
    /// In the address of the writer's page, decoded.
    pub slug: String,
    /// For whom, when another outlet is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
}

impl Byline {
    /// A byline, cleaned, with its slug; `None` when nothing readable is left of the name.
    pub fn new(name: &str, outlet: Option<&str>) -> Option<Self> {
        let name = arabic::clean::line(name);
        let slug = arabic::slug::slug(&name, 60)?;
        let outlet = outlet.map(arabic::clean::line).filter(|outlet| !outlet.is_empty());
        Some(Self { name, slug, outlet })
    }
}
