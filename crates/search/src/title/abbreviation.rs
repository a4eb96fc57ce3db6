//! Short forms and what they may stand for.

/// A short form.
#[derive(Debug)]
pub(super) struct Abbreviation {
    short: &'static str,
    /// What it may mean as the last word of a part, most likely first.
    last: &'static [&'static str],
    /// What it may mean before other words.
    before: &'static [&'static str],
    /// Whether it is a word of its own unless it is written in capitals.
    capitals: bool,
}

const fn any(short: &'static str, long: &'static [&'static str]) -> Abbreviation {
    placed(short, long, long)
}

const fn placed(
    short: &'static str,
    last: &'static [&'static str],
    before: &'static [&'static str],
) -> Abbreviation {
    Abbreviation {
        short,
        last,
        before,
        capitals: false,
    }
}

const fn capitals(short: &'static str, long: &'static [&'static str]) -> Abbreviation {
    Abbreviation {
        short,
        last: long,
        before: long,
        capitals: true,
    }
}

/// Plurals are read of short forms that are this long: `CSS` is not several `CS`.
const SHORTEST_OF_PLURAL: usize = 3;

/// Sorted by the short form.
const ABBREVIATIONS: &[Abbreviation] = &[
    placed("acct", &["accountant"], &["account"]),
    any("acctg", &["accounting"]),
    placed("adm", &["administrator"], &["administrative"]),
    placed(
        "admin",
        &["administrator", "administrative assistant"],
        &["administrative"],
    ),
    any("advsr", &["advisor"]),
    any("ae", &["account executive"]),
    any("ai", &["artificial intelligence"]),
    any("am", &["account manager"]),
    any("anlyst", &["analyst"]),
    any("ap", &["accounts payable"]),
    any("apac", &["asia pacific"]),
    any("app", &["application"]),
    any("apps", &["application"]),
    any("aprn", &["advanced practice registered nurse"]),
    any("ar", &["accounts receivable"]),
    any("assoc", &["associate"]),
    any("asst", &["assistant"]),
    any("atty", &["attorney"]),
    any("auto", &["automotive"]),
    any("ba", &["business analyst"]),
    any("bcba", &["board certified behavior analyst"]),
    any("bd", &["business development"]),
    any("bdm", &["business development manager"]),
    any("bdr", &["business development representative"]),
    capitals("be", &["backend"]),
    any("bi", &["business intelligence"]),
    any("biz", &["business"]),
    any("bldg", &["building"]),
    any("cad", &["computer aided design"]),
    any("cao", &["chief administrative officer"]),
    any("cashr", &["cashier"]),
    any("ccna", &["cisco network associate"]),
    any("cdo", &["chief data officer"]),
    any("ceo", &["chief executive officer"]),
    any("cert", &["certified"]),
    any("cfo", &["chief financial officer"]),
    any("chro", &["chief human resources officer"]),
    any("cio", &["chief information officer"]),
    any("ciso", &["chief information security officer"]),
    any("clk", &["clerk"]),
    any("cmo", &["chief marketing officer"]),
    any("cna", &["certified nursing assistant"]),
    any("cnc", &["computer numerical control"]),
    any("comms", &["communication"]),
    any("coo", &["chief operating officer"]),
    any("coord", &["coordinator"]),
    any("cota", &["certified occupational therapy assistant"]),
    any("cpa", &["certified public accountant"]),
    any("cpo", &["chief product officer"]),
    any("cra", &["clinical research associate"]),
    any("crm", &["customer relationship management"]),
    any("crna", &["certified registered nurse anesthetist"]),
    any("cro", &["chief revenue officer"]),
    any("cs", &["customer service", "computer science"]),
    any("csm", &["customer success manager"]),
    any("cso", &["chief security officer"]),
    any("csr", &["customer service representative"]),
    any("cto", &["chief technology officer"]),
    any("cust", &["customer"]),
    any("dba", &["database administrator"]),
    placed("dept", &["department"], &["department"]),
    placed("dev", &["developer"], &["developer"]),
    any("dir", &["director"]),
    any("dist", &["district"]),
    any("dr", &["doctor"]),
    any("drv", &["driver"]),
    any("dvm", &["veterinarian"]),
    any("ea", &["executive assistant"]),
    any("edu", &["education"]),
    any("elec", &["electrical"]),
    any("elect", &["electrical"]),
    any("em", &["engineering manager"]),
    any("emt", &["emergency medical technician"]),
    placed("eng", &["engineer"], &["engineering"]),
    any("engg", &["engineering"]),
    any("engr", &["engineer"]),
    any("er", &["emergency room"]),
    any("exec", &["executive"]),
    any("fe", &["frontend"]),
    any("fin", &["financial"]),
    any("fpa", &["financial planning analysis"]),
    any("fs", &["fullstack"]),
    any("gis", &["geographic information systems"]),
    any("gm", &["general manager"]),
    any("govt", &["government"]),
    any("gp", &["general practitioner"]),
    any("hc", &["healthcare"]),
    any("hha", &["home health aide"]),
    any("hosp", &["hospital"]),
    any("hr", &["human resources"]),
    any("hrbp", &["human resources business partner"]),
    any("hvac", &["heating ventilation air conditioning"]),
    any("ict", &["information technology"]),
    any("icu", &["intensive care unit"]),
    any("info", &["information"]),
    any("infosec", &["information security"]),
    any("infra", &["infrastructure"]),
    any("insp", &["inspector"]),
    any("instr", &["instructor"]),
    any("intl", &["international"]),
    capitals("it", &["information technology"]),
    any("k8s", &["kubernetes"]),
    any("lab", &["laboratory"]),
    any("lcsw", &["licensed clinical social worker"]),
    any("lpn", &["licensed practical nurse"]),
    any("lvn", &["licensed vocational nurse"]),
    any("maint", &["maintenance"]),
    any("math", &["mathematics"]),
    any("maths", &["mathematics"]),
    any("mech", &["mechanical"]),
    any("med", &["medical"]),
    any("mfg", &["manufacturing"]),
    any("mgmt", &["management"]),
    any("mgr", &["manager"]),
    any("mkt", &["marketing"]),
    any("mktg", &["marketing"]),
    any("ml", &["machine learning"]),
    any("mlops", &["machine learning operations"]),
    any("mngr", &["manager"]),
    any("mri", &["magnetic resonance imaging"]),
    any("natl", &["national"]),
    any("nlp", &["natural language processing"]),
    any("np", &["nurse practitioner"]),
    any("obgyn", &["obstetrician gynecologist"]),
    any("oem", &["original equipment manufacturer"]),
    any("ofc", &["office"]),
    any("oper", &["operator"]),
    any("ops", &["operations"]),
    placed(
        "ot",
        &["occupational therapist"],
        &["occupational therapist"],
    ),
    any("pa", &["physician assistant", "personal assistant"]),
    any("physio", &["physical therapist"]),
    any("physiotherapist", &["physical therapist"]),
    any("pm", &["product manager", "project manager"]),
    any("pmo", &["project management office"]),
    any("policeman", &["police officer"]),
    any("policewoman", &["police officer"]),
    any("pr", &["public relations"]),
    any("prof", &["professor"]),
    any("prog", &["program"]),
    placed("pt", &["physical therapist"], &["physical therapist"]),
    any("pta", &["physical therapist assistant"]),
    any("purch", &["purchasing"]),
    any("qa", &["quality assurance"]),
    any("qc", &["quality control"]),
    any("realtor", &["real estate agent"]),
    any("recep", &["receptionist"]),
    any("rehab", &["rehabilitation"]),
    any("rep", &["representative"]),
    any("reps", &["representative"]),
    any("rn", &["registered nurse"]),
    any("rv", &["recreational vehicle"]),
    any("sci", &["scientist"]),
    any("sde", &["software development engineer"]),
    any("sdet", &["software development engineer in test"]),
    any("sdr", &["sales development representative"]),
    capitals("se", &["software engineer", "sales engineer"]),
    any("sec", &["secretary", "security"]),
    any("secy", &["secretary"]),
    any("seo", &["search engine optimization"]),
    any("serv", &["service"]),
    any("slp", &["speech language pathologist"]),
    any("soc", &["security operations center"]),
    any("spclst", &["specialist"]),
    any("spec", &["specialist"]),
    any("splst", &["specialist"]),
    any("sre", &["site reliability engineer"]),
    placed("super", &["superintendent"], &["super"]),
    any("supr", &["supervisor"]),
    any("supt", &["superintendent"]),
    any("supv", &["supervisor"]),
    any("supvr", &["supervisor"]),
    any("svc", &["service"]),
    any("svcs", &["service"]),
    any("sw", &["software"]),
    any("swe", &["software engineer"]),
    any("sys", &["systems"]),
    any("sysadmin", &["systems administrator"]),
    any("ta", &["teaching assistant", "talent acquisition"]),
    placed("tech", &["technician"], &["technical", "technology"]),
    any("techs", &["technician"]),
    any("telecom", &["telecommunications"]),
    any("transp", &["transportation"]),
    any("trucker", &["truck driver"]),
    any("tv", &["television"]),
    any("ui", &["user interface"]),
    any("univ", &["university"]),
    any("ux", &["user experience"]),
    any("vet", &["veterinarian"]),
    any("vp", &["vice president"]),
];

/// What a folded word may stand for; nothing when it stands for itself only.
pub(super) fn meanings(word: &str, is_last: bool, is_capital: bool) -> &'static [&'static str] {
    let one = word
        .strip_suffix('s')
        .filter(|one| one.len() >= SHORTEST_OF_PLURAL);
    let Some(entry) = entry(word).or_else(|| entry(one?)) else {
        return &[];
    };
    match (entry.capitals && !is_capital, is_last) {
        (true, _) => &[],
        (false, true) => entry.last,
        (false, false) => entry.before,
    }
}

/// What a folded word may be short for, wherever it stands.
pub(super) fn written_out(word: &str) -> impl Iterator<Item = &'static str> {
    let entry = entry(word);
    let last = entry.map_or(&[][..], |entry| entry.last);
    let before = entry.map_or(&[][..], |entry| entry.before);
    let only_before = before.iter().filter(|long| !last.contains(long));
    last.iter().chain(only_before).copied()
}

fn entry(short: &str) -> Option<&'static Abbreviation> {
    let at = ABBREVIATIONS.binary_search_by_key(&short, |entry| entry.short);
    ABBREVIATIONS.get(at.ok()?)
}

/// The short forms of a phrase.
pub(super) fn shorts(phrase: &str) -> Vec<&'static str> {
    let means = |long: &[&str]| long.contains(&phrase);
    let fitting = ABBREVIATIONS
        .iter()
        .filter(|entry| means(entry.last) || means(entry.before));
    fitting.map(|entry| entry.short).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_without_repeats() {
        assert!(ABBREVIATIONS.is_sorted_by(|a, b| a.short < b.short));
    }

    #[test]
    fn a_short_form_may_mean_several_things() {
        assert_eq!(meanings("pm", true, false).len(), 2);
        assert_eq!(meanings("tech", true, false), ["technician"]);
        assert_eq!(meanings("mgrs", true, false), ["manager"]);
        assert!(meanings("css", true, true).is_empty());
        assert!(meanings("be", true, false).is_empty());
        assert_eq!(meanings("be", false, true), ["backend"]);
        assert_eq!(shorts("registered nurse"), ["rn"]);
    }
}
