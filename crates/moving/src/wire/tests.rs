use super::*;
use newsroom::body::Body;

fn one(text: &str) -> WireItem {
    let mut sheet = read(text.as_bytes()).unwrap_or_else(|problem| panic!("{problem}"));
    assert_eq!(sheet.items.len(), 1);
    sheet.items.remove(0)
}

fn words(item: &WireItem) -> String {
    Body(item.body.clone()).plain_text()
}

const NITF: &str = "<?xml version='1.0'?><!DOCTYPE nitf SYSTEM '../nitf.dtd'><nitf><head><docdata management-status='STATUS'>\
    <doc-id id-string='a.1'/><urgency ed-urg='3'/><date.issue norm='20260101T100000Z'/><date.release norm='RELEASE'/>\
    <doc.copyright holder='وكالة البستان'/></docdata></head><body><body.head><hedline><hl1>جسر جديد</hl1><hl2>بعد عامين</hl2></hedline>\
    <byline>By Huda</byline><dateline><location><city>الميناء</city></location></dateline></body.head>\
    <body.content><p>فتح <person>الجسر</person> اليوم.</p><media media-type='image'><media-reference source='bridge.jpg'/>\
    <media-caption>الجسر</media-caption></media></body.content></body></nitf>";

fn nitf(status: &str, release: &str) -> WireItem {
    one(&NITF.replace("STATUS", status).replace("RELEASE", release))
}

#[test]
fn an_item_of_nitf_says_all_of_it() {
    let item = nitf("usable", "20260101T100000Z");
    assert_eq!((item.id.as_str(), item.urgency, item.agency.as_str()), ("a.1", Some(3), "وكالة البستان"));
    assert_eq!((item.headline.as_str(), item.standfirst.as_str()), ("جسر جديد", "بعد عامين"));
    assert_eq!((item.byline.as_str(), item.dateline.as_str()), ("By Huda", "الميناء"));
    assert_eq!(words(&item), "فتح الجسر اليوم.");
    assert_eq!(item.pictures[0].file, "bridge.jpg");
    assert_eq!((item.embargo, item.standing), (None, Standing::Usable));
}

#[test]
fn embargoes_and_kills_are_read_and_bad_dates_sink_nothing() {
    let item = nitf("embargoed", "20260109T000100+0100");
    assert_eq!(item.embargo, "2026-01-08T23:01:00Z".parse().ok());
    assert!(nitf("embargoed", "YYYYMMDD").embargo_unread);
    assert_eq!(nitf("canceled", "YYYYMMDD").standing, Standing::Cancelled);
    let item = nitf("usable", "YYYYMMDD000000-HHMM");
    assert_eq!((item.embargo, item.embargo_unread), (None, false));
}

#[test]
fn what_is_broken_is_refused_with_its_place() {
    let unread = |text: &str| read(text.as_bytes()).map(|sheet| sheet.items.len()).unwrap_err();
    let broken = unread("<nitf>\n<body>\n</nitf>");
    assert_eq!((broken.why, broken.line), (WhyUnread::Form, 3));
    let bomb = unread("<!DOCTYPE nitf [\n<!ENTITY a \"aaaa\">]><nitf>&a;</nitf>");
    assert_eq!((bomb.why, bomb.line, bomb.column), (WhyUnread::Entity, 2, 1));
    let json = unread("{\"headline\": \n x}");
    assert_eq!((json.why, json.line), (WhyUnread::Form, 2));
    assert_eq!(unread("Delivered-To: a@b.example\n\nx").why, WhyUnread::Mail);
    assert_eq!(unread("<letter/>").why, WhyUnread::Format);
    assert_eq!(unread("  ").why, WhyUnread::Empty);
    assert_eq!(unread(&"<a>".repeat(100_000)).why, WhyUnread::Form);
}

#[test]
fn ninjs_keeps_its_embargo_and_its_pictures() {
    let item = one(
        "{\"guid\":\"n1\",\"version\":\"2\",\"type\":\"text\",\"headline\":\"h\",\"body_html\":\"<p>a</p><script>x</script>\",\
         \"pubstatus\":\"usable\",\"embargoed\":\"2026-06-29T02:30:00+00:00\",\"language\":\"fr\",\"subject\":[{\"name\":\"s\"}],\
         \"associations\":{\"f\":{\"type\":\"picture\",\"headline\":\"p\",\"renditions\":{\"original\":{\"href\":\"http://a.example/p.jpg\"}}}}}",
    );
    assert_eq!(words(&item), "a");
    assert_eq!(item.embargo, "2026-06-29T02:30:00Z".parse().ok());
    assert_eq!(item.pictures[0].file, "http://a.example/p.jpg");
    assert_eq!(item.notes.len(), 1);
}

#[test]
fn lines_of_teleprinters_are_paragraphs_and_the_place_is_found() {
    let item = one(
        "\u{1}eca062 4 i 21   xyz 061\r\n\r\nTown-bridge/\r\n\u{2}Bridge opens =\r\n\r\n   Harbour (xyz) - The bridge\r\nopened.\r\n\r\n   Second.\r\n\u{3}010101 GMT\r\n",
    );
    assert_eq!((item.headline.as_str(), item.dateline.as_str()), ("Bridge opens", "Harbour"));
    assert_eq!((item.urgency, item.agency.as_str()), (Some(4), "xyz"));
    assert_eq!(words(&item), "Harbour (xyz) - The bridge opened.\nSecond.");
}

#[test]
fn a_feed_gives_every_item() {
    let text = "<rss version='2.0'><channel><title>وكالة</title><item><guid>1</guid><title>أول</title><description>&lt;p&gt;نص&lt;/p&gt;</description>\
        <pubDate>Tue, 10 Jun 2003 04:00:00 GMT</pubDate><enclosure url='http://a.example/p.jpg' type='image/jpeg'/></item>\
        <item><link>http://a.example/2</link><title>ثان</title></item></channel></rss>";
    let sheet = read(text.as_bytes()).unwrap_or_else(|problem| panic!("{problem}"));
    assert_eq!(sheet.items.len(), 2);
    assert_eq!((words(&sheet.items[0]).as_str(), sheet.items[1].id.as_str()), ("نص", "http://a.example/2"));
}

#[test]
fn an_embargo_that_stands_in_words_is_one_that_nobody_can_read() {
    let told = |mark: &str| {
        let head = "\u{1}abc0123 3 pl 10 WAL\r\nجسر/الميناء/\r\n\u{2}";
        format!("{head}{mark}\r\nجسر جديد =\r\nفتح الجسر اليوم.\r\n\u{3}011200 Jan 26")
    };
    let item = one(&told("(EMBARGOED UNTIL 18:00 GMT)"));
    assert_eq!((item.headline.as_str(), item.embargo_unread), ("جسر جديد", true));
    assert!(one(&told("(Hold for release)")).embargo_unread);
    assert!(!one(&told("(CORRECTED)")).embargo_unread);
}

#[test]
fn an_element_of_a_million_attributes_is_refused_before_they_are_compared() {
    let many: String = (0..1_000_000).map(|at| format!(" a{at}='1'")).collect();
    let Err(problem) = read(format!("<nitf><head{many}/></nitf>").as_bytes()) else { panic!("it is refused") };
    assert_eq!((problem.why, problem.line), (WhyUnread::Form, 1));
}
