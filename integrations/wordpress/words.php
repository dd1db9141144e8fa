<?php
/** The few words that the plugin says itself, in the language of the site: Arabic, French, else English. */

if (!defined('ABSPATH')) {
    exit;
}

const MIDAD_WORDS = [
    'ar' => [
        'below' => 'تُكتب التعليقات أسفل المقال.',
        'comments' => 'التعليقات',
        'paper' => 'عنوان الصحيفة',
        'site' => 'مفتاح هذا الموقع',
        'kid' => 'اسم مفتاح التوقيع (kid)',
        'secret' => 'سرّ ذلك المفتاح (HS256)',
        'secret-none' => 'لا سرّ: يكتب الزوار بأسماء يختارونها.',
        'secret-kept' => 'محفوظ؛ إن تُرك فارغاً بقي كما هو.',
        'paper-wrong' => 'عنوان الصحيفة لا يُقرأ: يبدأ بـ https://.',
        'site-wrong' => 'هذا ليس مفتاح موقع كما يعرضه مكتب الصحيفة.',
        'kid-wrong' => 'اسم مفتاح التوقيع: حروف لاتينية وأرقام ونقطة وشرطة، ٤٠ على الأكثر.',
        'secret-wrong' => 'السرّ ٤٣ حرفاً كما عرضه مكتب الصحيفة؛ لم يُحفظ ما كُتب.',
    ],
    'fr' => [
        'below' => 'Les commentaires s’écrivent sous l’article.',
        'comments' => 'Commentaires',
        'paper' => 'Adresse du journal',
        'site' => 'Clé de ce site',
        'kid' => 'Nom de la clé de signature (kid)',
        'secret' => 'Secret de cette clé (HS256)',
        'secret-none' => 'Aucun : les visiteurs écrivent sous le nom qu’ils choisissent.',
        'secret-kept' => 'Conservé ; laissé vide, il reste.',
        'paper-wrong' => 'L’adresse du journal est illisible : elle commence par https://.',
        'site-wrong' => 'Ce n’est pas une clé de site telle que le bureau du journal la montre.',
        'kid-wrong' => 'Nom de la clé de signature : lettres latines, chiffres, point et tiret, 40 au plus.',
        'secret-wrong' => 'Le secret a 43 signes, tels que le bureau du journal les a montrés ; ce qui a été saisi n’est pas conservé.',
    ],
    'en' => [
        'below' => 'Comments are written below the post.',
        'comments' => 'Comments',
        'paper' => 'Address of the paper',
        'site' => 'Key of this site',
        'kid' => 'Name of the signing key (kid)',
        'secret' => 'Secret of that key (HS256)',
        'secret-none' => 'None: visitors write under names that they choose.',
        'secret-kept' => 'Kept; empty leaves it.',
        'paper-wrong' => 'The address of the paper cannot be read: it begins with https://.',
        'site-wrong' => 'This is no key of a site as the paper’s desk shows it.',
        'kid-wrong' => 'Name of the signing key: Latin letters, digits, dot and hyphen, 40 at most.',
        'secret-wrong' => 'The secret has 43 signs, as the paper’s desk showed them; what was typed is not kept.',
    ],
];

/** A sentence by its name. */
function midad_word(string $name): string
{
    $language = substr(determine_locale(), 0, 2);
    return MIDAD_WORDS[$language][$name] ?? MIDAD_WORDS['en'][$name];
}
