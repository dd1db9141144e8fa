<?php
/** The words of an invented newspaper of an invented town: nobody and nothing in it exists. */

const TOPICS = [
    ['ميناء رأس النخيل', 'al-mina', 'الرصيف الثالث'], ['القطار الأصفر', 'al-aswaq', 'محطة الزعتر'],
    ['سوق العطارين', 'al-aswaq', 'باب السوق القديم'], ['مهرجان المراكب الورقية', 'masrah', 'ساحة المنارة'],
    ['مكتبة الحي الشرقي', 'thaqafa', 'قاعة القراءة'], ['نادي الموج الأزرق', 'riyada', 'ملعب الكثبان'],
    ['محمية طيور السبخة', 'bia', 'برج المراقبة'], ['جسر القناة الصغيرة', 'mahalliyat', 'ضفة القناة'],
    ['مدرسة النجارة المسائية', 'mahalliyat', 'ورشة الخشب'], ['مسرح الدمى المتجول', 'masrah', 'خيمة العرض'],
    ['جمعية أصدقاء القطار الأصفر', 'al-aswaq', 'مقهى المحطة'], ['حديقة السدرة الكبيرة', 'bia', 'بيت الزجاج'],
];

const ANGLES = [
    'افتتاح جديد في %s بعد أعمال دامت عامين', '%s: أرقام الموسم وما تغيّر فيه', 'سكان الحي يسألون عن مواعيد %s',
    'من يدفع كلفة ترميم %s؟', 'يوم كامل مع العاملين في %s',
];

const SENTENCES = [
    'فُتحت الأبواب عند %2$s صباح السبت، وحضر نحو مئتي زائر من الأحياء القريبة.',
    'وقالت المشرفة على %1$s إن العمل مستمر حتى نهاية الشهر، وإن المواعيد ستُعلّق على اللوح الخشبي عند المدخل.',
    'ويقول سائق يعمل قرب %2$s منذ عشر سنوات: «تعوّدنا على الانتظار، لكن الطريق صار أقصر».',
    'وتُظهر سجلات البلدة أن عدد الزوار ارتفع من ١٢٠ إلى ٣٤٠ في الأسبوع خلال عام واحد.',
    'ولم يُحسم بعد من سيتولى صيانة السقف، إذ طُلب عرضان من ورشتين محليتين.',
    'أما الأطفال فقد رسموا خريطة ملوّنة لطريق الوصول إلى %1$s وعلّقوها على الجدار.',
    'ومن المقرر أن تُعرض النتائج في لقاء مفتوح مساء الأربعاء المقبل في %2$s.',
];

const REPLIES = [
    'شكراً على التفاصيل، كنت أبحث عن مواعيد %s منذ أيام.', 'مررت أمس من هناك ووجدت الباب مغلقاً، هل تغيّر الوقت؟',
    'أتفق مع ما كُتب، لكن الرقم الثاني يبدو لي مرتفعاً.', 'اقتراح: لوحة إرشادية بثلاث لغات عند المدخل.',
    "جدّي عمل هناك نجاراً.\n\nكان يحكي لنا عن أيام الافتتاح الأول.", 'صورة جميلة، من التقطها؟',
    'لا أرى أن الكلفة هي المشكلة، المشكلة في <em>المواعيد</em>.', 'Merci pour cet article, la photo est très belle 🌊',
    'أين يمكن قراءة التقرير كاملاً؟ <a href="https://taqrir.example/2019">هنا</a> لا يفتح عندي.',
    'قرأت «%s» مرتين & ما زلت أسأل: 5 < 7؟',
];

const READERS = [
    'أم يزن', 'قارئ من الحي الشرقي', 'ليلى ح.', 'سامر العطار', 'Farid', 'هند', 'مسافرة', 'ابن الميناء', 'نوّار', 'Camille',
];

/** Sentence number $at about a topic. */
function sentence(array $topic, int $at): string
{
    return sprintf(SENTENCES[$at % count(SENTENCES)], $topic[0], $topic[2]);
}

function paragraph(string $words): string
{
    return "<!-- wp:paragraph -->\n<p>$words</p>\n<!-- /wp:paragraph -->";
}

/** The body of story number $at in one of six manners; $pictures are ids and addresses, $other another story. */
function body(array $topic, int $at, array $pictures, array $other): string
{
    $say = static fn (int $n): string => sentence($topic, $at + $n);
    [$id, $file] = $pictures[$at % count($pictures)];
    [$id2, $file2] = $pictures[($at + 1) % count($pictures)];
    $link = '<a href="' . $other[0] . '">' . $other[1] . '</a>';
    $image = static fn (int $id, string $file, string $alt): string =>
        "<!-- wp:image {\"id\":$id,\"sizeSlug\":\"large\"} -->\n<figure class=\"wp-block-image size-large\"><img src=\"$file\" alt=\"$alt\" class=\"wp-image-$id\"/><figcaption class=\"wp-element-caption\">عند $topic[2]</figcaption></figure>\n<!-- /wp:image -->";
    $blocks = [
        paragraph($say(0)), paragraph($say(1)),
        "<!-- wp:heading -->\n<h2>ما الذي تغيّر؟</h2>\n<!-- /wp:heading -->", $image($id, $file, $topic[0]),
        "<!-- wp:list -->\n<ul><!-- wp:list-item -->\n<li>المواعيد الجديدة</li>\n<!-- /wp:list-item -->\n\n<!-- wp:list-item -->\n<li>الكلفة</li>\n<!-- /wp:list-item --></ul>\n<!-- /wp:list -->",
        paragraph("للمزيد: $link."),
    ];
    $quoted = [
        paragraph($say(0)), '<!-- wp:more -->' . "\n<!--more-->\n" . '<!-- /wp:more -->', paragraph($say(2)),
        "<!-- wp:quote -->\n<blockquote class=\"wp-block-quote\"><!-- wp:paragraph -->\n<p>لم نكن نتوقع هذا العدد.</p>\n<!-- /wp:paragraph --><cite>مشرفة $topic[2]</cite></blockquote>\n<!-- /wp:quote -->",
        "<!-- wp:table -->\n<figure class=\"wp-block-table\"><table><tbody><tr><td>الأسبوع</td><td>الزوار</td></tr><tr><td>الأول</td><td>١٢٠</td></tr></tbody></table></figure>\n<!-- /wp:table -->",
        "<!-- wp:separator -->\n<hr class=\"wp-block-separator has-alpha-channel-opacity\"/>\n<!-- /wp:separator -->", paragraph($say(3)),
    ];
    $wide = [
        paragraph("<strong>$topic[2]</strong> — " . $say(0)),
        "<!-- wp:gallery {\"linkTo\":\"none\"} -->\n<figure class=\"wp-block-gallery has-nested-images columns-default is-cropped\">" . $image($id, $file, '') . $image($id2, $file2, 'الأولى') . "</figure>\n<!-- /wp:gallery -->",
        "<!-- wp:embed {\"url\":\"https://aflam.example/w/7\",\"type\":\"video\"} -->\n<figure class=\"wp-block-embed is-type-video\"><div class=\"wp-block-embed__wrapper\">\nhttps://aflam.example/w/7\n</div></figure>\n<!-- /wp:embed -->",
        "<!-- wp:shortcode -->\n[taqs madina=\"رأس النخيل\"]\n<!-- /wp:shortcode -->",
        "<!-- wp:columns -->\n<div class=\"wp-block-columns\"><!-- wp:column -->\n<div class=\"wp-block-column\">" . paragraph($say(4)) . "</div>\n<!-- /wp:column --></div>\n<!-- /wp:columns -->",
        "<!-- wp:list {\"ordered\":true} -->\n<ol><!-- wp:list-item -->\n<li>أولاً<!-- wp:list -->\n<ul><!-- wp:list-item -->\n<li>تفصيل</li>\n<!-- /wp:list-item --></ul>\n<!-- /wp:list --></li>\n<!-- /wp:list-item --></ol>\n<!-- /wp:list -->",
    ];
    $classic = $say(0) . "\n\n[caption id=\"attachment_$id\" align=\"alignleft\" width=\"300\"]<img class=\"wp-image-$id size-medium\" src=\"$file\" alt=\"$topic[0]\" width=\"300\" height=\"200\" /> عند $topic[2][/caption]\n\n<strong>تفاصيل:</strong> " . $say(1) . "\nسطر ثانٍ من الفقرة نفسها.\n\n<h3>أرقام</h3>\n" . $say(3);
    $coded = $say(0) . "\n\n[gallery ids=\"$id,$id2\"]\n\n[taqs madina=\"رأس النخيل\"]\n\n" . $say(5) . "\n\n[audio src=\"https://aswat.example/7.mp3\"]\n\n[mulahaza]يُحدّث هذا الخبر.[/mulahaza]";
    $old = '<p style="text-align: right;">' . $say(0) . "</p>\n<blockquote>لم نكن نتوقع هذا العدد.</blockquote>\n<ul>\n\t<li>المواعيد\n<ul>\n\t<li>الصيف</li>\n</ul>\n</li>\n</ul>\n<!--nextpage-->\nانظر أيضاً $link.<script>var raqm = 1;</script>\n\n" . $say(6);
    $gutenberg = static fn (array $all): string => implode("\n\n", $all);
    return [$gutenberg($blocks), $classic, $gutenberg($quoted), $coded, $gutenberg($wide), $old][$at % 6];
}
