// Slack's short names for the emoji people use at work. What is not here shows as :name:, as it was written.

const NAMES = `+1👍 thumbsup👍 -1👎 thumbsdown👎 white_check_mark✅ heavy_check_mark✔️ x❌ eyes👀 pray🙏 clap👏 raised_hands🙌 wave👋
ok_hand👌 ok🆗 point_right👉 point_left👈 point_up☝️ point_down👇 muscle💪 handshake🤝 heart❤️ smile😄 smiley😃 grinning😀 slightly_smiling_face🙂
simple_smile🙂 wink😉 blush😊 joy😂 sob😭 cry😢 thinking_face🤔 face_with_monocle🧐 relieved😌 tada🎉 rocket🚀 fire🔥 star⭐ sparkles✨ bulb💡
warning⚠️ no_entry⛔ no_entry_sign🚫 octagonal_sign🛑 rotating_light🚨 exclamation❗ heavy_exclamation_mark❗ question❓ grey_question❔ information_source🔎
bell🔔 no_bell🔕 mega📣 loudspeaker📢 phone📞 telephone_receiver📞 telephone☎️ iphone📱 email📧 envelope✉️ incoming_envelope📨 calendar📅 date📅
spiral_calendar_pad🗓️ alarm_clock⏰ hourglass⌛ hourglass_flowing_sand⏳ stopwatch⏱️ clock8🕗 clock9🕘 watch⌚ lock🔒 unlock🔓 key🔑 link🔗 paperclip📎
pushpin📌 round_pushpin📍 memo📝 pencil✏️ pencil2✏️ clipboard📋 page_facing_up📄 bookmark🔖 file_folder📁 mag🔍 wrench🔧 gear⚙️ hammer_and_wrench🛠️
house🏠 office🏢 school🏫 hospital🏥 police_car🚓 oncoming_police_car🚔 cop👮 scales⚖️ child🧒 baby👶 family👪 busts_in_silhouette👥 bust_in_silhouette👤
speech_balloon💬 thought_balloon💭 zzz💤 palm_tree🌴 face_with_thermometer🤒 coffee☕ cake🍰 sunny☀️ crescent_moon🌙 snowflake❄️ arrow_right➡️
arrow_left⬅️ arrow_up⬆️ arrow_down⬇️ arrows_counterclockwise🔄 repeat🔁 soon🔜 back🔙 new🆕 red_circle🔴 large_orange_circle🟠 large_yellow_circle🟡
large_green_circle🟢 large_blue_circle🔵 white_circle⚪ black_circle⚫ small_blue_diamond🔹 heavy_plus_sign➕ heavy_minus_sign➖ 100💯 dk🇩🇰 flag-dk🇩🇰 flag-no🇳🇴 flag-se🇸🇪 flag-gb🇬🇧`;

const EMOJI = new Map(
  NAMES.split(/\s+/).map((each) => {
    const cut = /[^\x00-\x7f]/u.exec(each).index;
    return [each.slice(0, cut), each.slice(cut)];
  }),
);

export const glyph = (name) => EMOJI.get(name.replace(/::skin-tone-\d$/, "")) ?? null;
export const QUICK = ["+1", "white_check_mark", "eyes", "pray", "tada", "heart", "question", "wave", "telephone_receiver", "calendar", "smile", "x"];

// A text with its short names exchanged; used where no mark-up is read.
export const withEmoji = (text) => text.replace(/:([a-z0-9_+'-]+):/g, (whole, name) => glyph(name) ?? whole);
