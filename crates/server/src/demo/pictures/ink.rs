//! The inks of the demo newspaper's illustrations, and the moods of light that mix them.

/// A colour to draw with: red, green and blue from 0 to 1, and how much of what lies beneath it covers, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ink {
    pub red: f32,
    pub green: f32,
    pub blue: f32,
    pub cover: f32,
}

impl Ink {
    /// The ink written as `0xRRGGBB`, covering fully.
    pub const fn hex(rgb: u32) -> Ink {
        Ink {
            red: (rgb >> 16 & 0xff) as f32 / 255.0,
            green: (rgb >> 8 & 0xff) as f32 / 255.0,
            blue: (rgb & 0xff) as f32 / 255.0,
            cover: 1.0,
        }
    }

    /// This ink with `share` (0 to 1) of another mixed into it.
    pub fn mix(self, other: Ink, share: f32) -> Ink {
        let blend = |from: f32, to: f32| from + (to - from) * share.clamp(0.0, 1.0);
        Ink {
            red: blend(self.red, other.red),
            green: blend(self.green, other.green),
            blue: blend(self.blue, other.blue),
            cover: blend(self.cover, other.cover),
        }
    }

    /// How far another ink is from this one, in steps of a screen's 255; cover counts like a colour.
    pub fn steps_to(self, other: Ink) -> f32 {
        let off = [self.red - other.red, self.green - other.green, self.blue - other.blue, self.cover - other.cover];
        off.iter().map(|part| part * part).sum::<f32>().sqrt() * 255.0
    }

    /// The same ink, laid on thinly: `cover` from 0 (nothing) to 1 (solid).
    pub fn faint(self, cover: f32) -> Ink {
        Ink { cover, ..self }
    }

    /// Mixed towards paper.
    pub fn lighter(self, share: f32) -> Ink {
        self.mix(PAPER, share)
    }

    /// Mixed towards ink blue, never towards black: shadows stay cool.
    pub fn darker(self, share: f32) -> Ink {
        self.mix(INK, share)
    }
}

// The restrained palette every picture keeps to: blues and sea greens against sand and terracotta.

/// Ink blue, the darkest tone.
pub const INK: Ink = Ink::hex(0x14233a);
/// Slate blue.
pub const BLUE: Ink = Ink::hex(0x41648a);
/// Grey blue of distant air.
pub const MIST: Ink = Ink::hex(0xb4c5ca);
/// Warm sand.
pub const SAND: Ink = Ink::hex(0xe3c99c);
/// Pale sand, sunlit plaster.
pub const WARM: Ink = Ink::hex(0xf1e0c2);
/// Off-white.
pub const PAPER: Ink = Ink::hex(0xfaf5ea);
/// Roof tiles and awnings.
pub const TERRACOTTA: Ink = Ink::hex(0xc2613f);
/// Dark wood and brick.
pub const RUST: Ink = Ink::hex(0x8e4130);
/// Crust and brass.
pub const OCHRE: Ink = Ink::hex(0xd8993f);
/// Sea green.
pub const SEA: Ink = Ink::hex(0x3d8c85);
/// Deep sea green, for cypresses.
pub const DEEP: Ink = Ink::hex(0x1f5a63);
/// Dusty leaves.
pub const SAGE: Ink = Ink::hex(0x8fae92);

/// The light of one picture: from it every layer of a landscape takes its tone.
#[derive(Clone, Copy, Debug)]
pub struct Mood {
    /// The sky overhead.
    pub high: Ink,
    /// The sky at the horizon, and the air between layers.
    pub low: Ink,
    /// Sun or moon, clouds and glitter.
    pub sun: Ink,
    /// What the middle distance is tinted with.
    pub land: Ink,
    /// The nearest silhouettes.
    pub dark: Ink,
    /// Water in the middle distance.
    pub water: Ink,
    /// Windows with somebody at home.
    pub lit: Ink,
}

impl Mood {
    /// The tone of a layer between the horizon (0) and the viewer (1); air lies between them.
    pub fn layer(&self, nearness: f32) -> Ink {
        if nearness < 0.5 {
            self.low.mix(self.land, nearness * 2.0)
        } else {
            self.land.mix(self.dark, nearness * 2.0 - 1.0)
        }
    }

    /// An ink as this light shows it.
    pub fn tint(&self, ink: Ink) -> Ink {
        ink.mix(self.low, 0.12).mix(self.dark, 0.08)
    }
}

/// Cool air over a sand horizon.
pub const MORNING: Mood = Mood {
    high: Ink::hex(0x8db6c2),
    low: Ink::hex(0xf8e7ca),
    sun: Ink::hex(0xfffaec),
    land: Ink::hex(0x6b9691),
    dark: Ink::hex(0x1c3450),
    water: Ink::hex(0x7fb0b3),
    lit: Ink::hex(0xfff0cd),
};

/// Heat: a sand-coloured sky.
pub const NOON: Mood = Mood {
    high: Ink::hex(0xe7c892),
    low: Ink::hex(0xf9f0de),
    sun: Ink::hex(0xfffdf5),
    land: Ink::hex(0xbd8a66),
    dark: Ink::hex(0x2b3550),
    water: Ink::hex(0x6fa39f),
    lit: Ink::hex(0xfff3d6),
};

/// Sea green and clear.
pub const SEASIDE: Mood = Mood {
    high: Ink::hex(0x5f9d9f),
    low: Ink::hex(0xf0f0de),
    sun: Ink::hex(0xfffbec),
    land: Ink::hex(0x4a8782),
    dark: Ink::hex(0x15344a),
    water: Ink::hex(0x3d8c85),
    lit: Ink::hex(0xfdecc4),
};

/// Ink blue above, apricot below.
pub const DUSK: Mood = Mood {
    high: Ink::hex(0x3c5a82),
    low: Ink::hex(0xf4bd8c),
    sun: Ink::hex(0xfee7b8),
    land: Ink::hex(0x6a6583),
    dark: Ink::hex(0x15233d),
    water: Ink::hex(0x54698c),
    lit: Ink::hex(0xffdf9e),
};

/// A terracotta evening.
pub const EMBER: Mood = Mood {
    high: Ink::hex(0xb9654a),
    low: Ink::hex(0xf8d5a3),
    sun: Ink::hex(0xfff0cf),
    land: Ink::hex(0x95523f),
    dark: Ink::hex(0x272440),
    water: Ink::hex(0xb27a63),
    lit: Ink::hex(0xffe2a6),
};

/// Moonlight and lit windows.
pub const NIGHT: Mood = Mood {
    high: Ink::hex(0x0c182c),
    low: Ink::hex(0x39597f),
    sun: Ink::hex(0xf6eed9),
    land: Ink::hex(0x27426a),
    dark: Ink::hex(0x0a1322),
    water: Ink::hex(0x1d3656),
    lit: Ink::hex(0xf8cf84),
};

/// The moods a picture by daylight may be drawn in.
pub const DAYS: [Mood; 5] = [MORNING, NOON, SEASIDE, DUSK, EMBER];
