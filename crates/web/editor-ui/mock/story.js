// An invented story with every block of the model, and one of a model that is still to come.
const plain = (text) => [{ text }];
export const PICTURES = [
  { file: "tram.svg", alt: "ترام أصفر في محطة خالية", caption: "محطة الترام صباحًا", credit: "أرشيف الصحيفة", size: [800, 500], src: "/pictures/tram.svg" },
  { file: "market.svg", alt: "بائع برتقال في السوق", caption: "سوق الخضار", credit: "ليلى", size: [800, 500], src: "/pictures/market.svg" },
  { file: "bridge.svg", alt: "", caption: null, credit: null, size: [800, 500], src: "/pictures/bridge.svg" },
];
const picture = ({ file, alt, caption, credit, size }) => ({ file, alt, caption: caption ?? undefined, credit: credit ?? undefined, size });

export const STORY = {
  version: 7,
  fields: {
    kicker: "نقل",
    headline: "خط الترام الجديد يصل إلى الضاحية الشرقية بعد عامين من الأعمال",
    front_headline: "الترام يصل إلى الضاحية الشرقية",
    push_headline: "الترام الجديد يبدأ رحلاته صباح الأحد",
    standfirst: "تبدأ الرحلات صباح الأحد، وتقول البلدية إن زمن الرحلة إلى الميناء ينخفض إلى النصف.",
    dateline: "الميناء",
    bylines: "نور الهاشم",
    section: "city",
    tags: "ترام، نقل",
    language: "ar",
    comments: "open",
    lead: "tram.svg",
    lead_alt: "ترام أصفر في محطة خالية",
    lead_caption: "محطة الترام صباحًا",
    lead_credit: "أرشيف الصحيفة",
  },
  body: [
    { block: "paragraph", text: [{ text: "تبدأ صباح الأحد رحلات " }, { text: "خط الترام الجديد", strong: true }, { text: " بين الميناء والضاحية الشرقية، كما جاء في " }, { text: "بيان البلدية", link: "https://example.org/tram" }, { text: "." }] },
    { block: "paragraph", text: plain("The operator said that trams leave every 8 minutes between 06:00 and 23:00.") },
    { block: "heading", level: 2, text: plain("ما الذي يتغيّر") },
    { block: "list", ordered: false, entries: [plain("تسع محطات جديدة"), plain("تذكرة واحدة للترام والحافلة"), plain("مواقف للدراجات")] },
    { block: "quote", text: plain("كنا ننتظر هذا الخط منذ سنوات، والآن صار السوق على بعد عشر دقائق."), source: "أم سامر، صاحبة متجر" },
    { block: "picture", ...picture(PICTURES[1]) },
    { block: "heading", level: 3, text: plain("الأسعار") },
    { block: "table", header: true, rows: [[plain("التذكرة"), plain("السعر"), plain("المدة")], [plain("رحلة"), plain("4"), plain("90 دقيقة")], [plain("يوم"), plain("12"), plain("24 ساعة")]] },
    { block: "note", text: plain("تصدر الصحيفة غدًا ملحقًا بخريطة المحطات.") },
    { block: "gallery", pictures: [picture(PICTURES[0]), picture(PICTURES[2])] },
    { block: "link-card", address: "https://example.org/map", title: "خريطة الخط", description: "المحطات التسع ومواعيد أول رحلة" },
    { block: "separator" },
    { block: "correction", text: plain("ذُكر في نسخة سابقة أن المحطات ثمانٍ، وهي تسع.") },
    { block: "poll", question: "من كتلة لاحقة", choices: [1, 2] },
    { block: "paragraph", text: plain("يُفتتح الخط في العاشرة صباحًا.") },
  ],
};
