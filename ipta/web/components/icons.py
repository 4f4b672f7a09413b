"""The icons: simple line drawings on a field of 24 by 24, drawn for IPTA. An icon always stands beside a word."""

ICONS: dict[str, str] = {
    # finding the way
    "home": '<path d="M4 11.5 12 5l8 6.5"/><path d="M6.5 10v9h11v-9"/><path d="M10.5 19v-4.5h3V19"/>',
    "menu": '<path d="M4.5 7h15M4.5 12h15M4.5 17h15"/>',
    "search": '<circle cx="11" cy="11" r="6"/><path d="m15.5 15.5 4.5 4.5"/>',
    "filter": '<path d="M4.5 7h15M7.5 12h9M10.5 17h3"/>',
    "left": '<path d="m14.5 6-6 6 6 6"/>',
    "right": '<path d="m9.5 6 6 6-6 6"/>',
    "down": '<path d="m6 9.5 6 6 6-6"/>',
    "back": '<path d="M19 12H5"/><path d="m11 6-6 6 6 6"/>',
    "forward": '<path d="M5 12h14"/><path d="m13 6 6 6-6 6"/>',
    "exit": '<path d="M10 4.5H6.5a1 1 0 0 0-1 1v13a1 1 0 0 0 1 1H10"/><path d="M10.5 12H20"/><path d="m16 8 4 4-4 4"/>',
    "settings": '<path d="M4.5 8h8M17.5 8h2M4.5 16h2M11.5 16h8"/><circle cx="15" cy="8" r="2.4"/>'
    '<circle cx="9" cy="16" r="2.4"/>',
    "globe": '<circle cx="12" cy="12" r="8"/><path d="M4 12h16M12 4c-5 5-5 11 0 16M12 4c5 5 5 11 0 16"/>',
    # doing
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
    "cross": '<path d="m6.5 6.5 11 11M17.5 6.5l-11 11"/>',
    "edit": '<path d="m5 19 .8-4L16 4.8a1.5 1.5 0 0 1 2.1 0l1.1 1.1a1.5 1.5 0 0 1 0 2.1L9 18.2z"/>'
    '<path d="m14 7 3 3"/>',
    "note": '<path d="M6 4.5h12v10l-5 5H6z"/><path d="M18 14.5h-5v5"/><path d="M9 9h6M9 12.5h2.5"/>',
    "trash": '<path d="M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7"/><path d="M10.5 11v5M13.5 11v5"/>',
    "copy": '<rect x="8.5" y="8.5" width="11" height="11" rx="2"/>'
    '<path d="M15.5 8.5v-3a1 1 0 0 0-1-1h-9a1 1 0 0 0-1 1v9a1 1 0 0 0 1 1h3"/>',
    "print": '<path d="M7.5 9V4.5h9V9"/><path d="M7.5 16.5h-3V9h15v7.5h-3"/><path d="M7.5 13.5h9v6h-9z"/>',
    "download": '<path d="M12 4.5v10.5"/><path d="m7.5 10.5 4.5 4.5 4.5-4.5"/><path d="M5 19.5h14"/>',
    "upload": '<path d="M12 15V4.5"/><path d="M7.5 9 12 4.5 16.5 9"/><path d="M5 19.5h14"/>',
    "share": '<circle cx="6.5" cy="12" r="2.5"/><circle cx="17" cy="6" r="2.5"/><circle cx="17" cy="18" r="2.5"/>'
    '<path d="m8.7 10.8 6-3.4M8.7 13.2l6 3.4"/>',
    "qr": '<path d="M5 5h5v5H5zM14 5h5v5h-5zM5 14h5v5H5z"/><path d="M14 14h2v2M19 14v1.5M14 19h1M18 18.5h1.5"/>',
    "speak": '<path d="M4.5 9.5v5h3.5l5 4v-13l-5 4z"/><path d="M16 9.5a3.5 3.5 0 0 1 0 5"/>'
    '<path d="M18.5 7a7 7 0 0 1 0 10"/>',
    "microphone": '<rect x="9.500" y="4" width="5" height="10" rx="2.5"/>'
    '<path d="M6.5 11.500a5.5 5.5 0 0 0 11 0"/><path d="M12 17v3M9 20h6"/>',
    "stop": '<rect x="7" y="7" width="10" height="10" rx="2"/>',
    "pause": '<path d="M9 6.5v11M15 6.5v11"/>',
    "again": '<path d="M19 12a7 7 0 1 1-2.2-5.1"/><path d="M19.5 4.5v4.2h-4.2"/>',
    "letters": '<path d="M3.5 18.500 8.500 5.500l5 13M5.300 14h6.400"/><circle cx="17.5" cy="15.5" r="3"/>'
    '<path d="M20.5 12.500v6"/>',
    # people and talking
    "person": '<circle cx="12" cy="8.5" r="3.8"/><path d="M5 19.5c.8-4 3.6-5.7 7-5.7s6.2 1.7 7 5.7"/>',
    "people": '<circle cx="9" cy="9" r="3.3"/><path d="M3 19c.6-3.5 3-5 6-5s5.4 1.5 6 5"/>'
    '<path d="M15.5 5.900a3.3 3.3 0 0 1 0 6.2"/><path d="M17.5 14.400c2 .7 3.2 2.2 3.5 4.6"/>',
    "phone": '<path d="M7.5 4.5 5 6c-.8 4 2 8.5 4.5 10.8 2 1.7 5 2.9 8 2.700l2-2.5-3.6-3-2 1.4'
    'c-2-.8-4-2.9-4.6-5l1.7-1.700z"/>',
    "chat": '<path d="M5 5.500h14v10h-7.500l-4 3.500v-3.500H5z"/>',
    "mail": '<path d="M4.5 6.500h15v11h-15z"/><path d="m5 7 7 6 7-6"/>',
    "heart": '<path d="M12 19s-7.5-4.3-7.5-9.400A3.9 3.9 0 0 1 12 8a3.9 3.9 0 0 1 7.5 1.600C19.5 14.7 12 19 12 19z"/>',
    "star": '<path d="m12 4.5 2.3 4.9 5.2.7-3.8 3.7.9 5.3-4.6-2.6-4.6 2.6.9-5.3-3.8-3.7 5.2-.7z"/>',
    # time and place
    "clock": '<circle cx="12" cy="12" r="8"/><path d="M12 7.500V12l3 2"/>',
    "calendar": '<path d="M5 6.500h14v13H5z"/><path d="M5 10.500h14M8.5 4.500v3.500M15.5 4.500v3.5"/>',
    "bell": '<path d="M6 16.500c1.5-1.5 1.5-3 1.5-5.500a4.5 4.5 0 0 1 9 0c0 2.5 0 4 1.5 5.500z"/>'
    '<path d="M10.3 19.500h3.4"/>',
    "pin": '<path d="M12 20s-6-5.3-6-10a6 6 0 0 1 12 0c0 4.7-6 10-6 10z"/><circle cx="12" cy="10" r="2.2"/>',
    "bus": '<path d="M5.5 5.500h13v11h-13z"/>'
    '<path d="M5.5 11.500h13M8 16.500v2.500M16 16.500v2.500M8.5 14h.1M15.5 14h.1"/>',
    "bike": '<circle cx="6.5" cy="15.5" r="3.5"/><circle cx="17.5" cy="15.5" r="3.5"/>'
    '<path d="m6.5 15.5 3.5-6h5.500l2 6M10 9.500l3 6 2.5-6M15.5 9.5 14.5 6.500H17M8.5 7.500H11"/>',
    # the method
    "plan": '<path d="m4.5 7 5-2 5 2 5-2v12l-5 2-5-2-5 2z"/><path d="M9.5 5v12M14.5 7v12"/>',
    "list": '<path d="m4.5 7 1.2 1.200L8 5.800M4.5 13l1.2 1.200L8 11.800M'
    '11 7h8.500M11 13h8.500M11 18.500h8.500M5.5 18.500h1"/>',
    "work": '<path d="M4.5 8.500h15v10h-15z"/><path d="M9 8.500V5.500h6v3M4.5 13h15"/>',
    "workplace": '<path d="M4.5 19.500V11l5 3v-3l5 3V5.500h5v14z"/><path d="M8 16.500h.1M12 16.500h.1M16 16.500h.1"/>',
    "money": '<circle cx="12" cy="12" r="8"/><path d="M15 8.800a4 4 0 1 0 0 6.400M7.5 11H13M7.5 13.200h4.5"/>',
    "school": '<path d="m3.5 9.5 8.5-4 8.5 4-8.5 4z"/><path d="M7 11.500v4.500c2 2 8 2 10 0v-4.500M20.5 9.500v5"/>',
    "health": '<path d="M9.5 4.500h5v5h5v5h-5v5h-5v-5h-5v-5h5z"/>',
    "leaf": '<path d="M6 18C4.5 10 9 5 19 5c.5 9-4 14.5-11 12"/><path d="M5 20c1.5-5 4.5-8 9-10"/>',
    "flag": '<path d="M6 20V4.5"/><path d="M6 5.500c4-2 7 2 12 0v8c-5 2-8-2-12 0"/>',
    "thread": '<path d="M4 5c7-1.5 6 6 11 5.500s3.5-5.5.5-4.5-1.5 6 1 8S20 19 20 19"/>',
    "book": '<path d="M12 7c-2-1.5-4.5-2-7.5-2v12.500c3 0 5.5.5 7.5 2 2-1.5 4.5-2 7.5-2V5c-3 0-5.5.5-7.5 2z"/>'
    '<path d="M12 7v12.5"/>',
    "chart": '<path d="M5 19.500h14M7 16v-4M12 16V6.500M17 16V9.5"/>',
    "camera": '<path d="M4.5 8.500h4l1.500-2.500h4l1.500 2.500h4v10.500h-15z"/><circle cx="12" cy="13.500" r="3"/>',
    "file": '<path d="M6.5 4.500h7.500l3.5 3.500v11.500h-11z"/><path d="M14 4.500V8h3.5"/>',
    "certificate": '<path d="M4.5 5.500h15v10h-5M9.5 15.500h-5v-10"/><circle cx="12" cy="14" r="2.5"/>'
    '<path d="m10.5 16-.5 4.5 2-1.2 2 1.2-.5-4.500M8 9h8"/>',
    # what one can do
    "walk": '<circle cx="13" cy="4.8" r="1.8"/><path d="m8 20 3-6 3 2.5v4"/>'
    '<path d="m11 14 1-5.5 4 3 2.5.5M12 8.5l-3.500 2-.5 2.5"/>',
    "ball": '<circle cx="12" cy="12" r="8"/><path d="m12 8.500 3.300 2.400-1.300 3.900h-4l-1.300-3.900z"/>'
    '<path d="M12 4v4.500M19.6 9.5l-4.3 1.4M16.7 18.5 14 14.8M7.3 18.5l2.7-3.7M4.4 9.5l4.3 1.4"/>',
    "bed": '<path d="M4 18.500v-12M4 14.500h16v4M20 14.500v-2a2.500 2.500 0 0 0-2.500-2.500H10v4.500"/>'
    '<circle cx="7" cy="11.500" r="1.600"/>',
    "pan": '<path d="M5 10.500h11v4.500a3 3 0 0 1-3 3H8a3 3 0 0 1-3-3zM16 11.500h4.500"/>'
    '<path d="M8 7.500c0-1.500 1-1.500 1-3M12 7.500c0-1.500 1-1.500 1-3"/>',
    "cart": '<path d="M3.5 5.500h2.500l2 9.500h9.500l2-7H6.700"/><circle cx="9" cy="18.500" r="1.300"/>'
    '<circle cx="16.500" cy="18.500" r="1.300"/>',
    "paint": '<path d="M5 5.500h11v4H5zM16 7.500h3.500v4.500H12v2.500M10.500 14.500h3v5h-3z"/>',
    "box": '<path d="M4.5 8.500 12 5l7.5 3.500v8L12 20l-7.500-3.500zM4.500 8.500 12 12l7.500-3.500M12 12v8"/>',
    "car": '<path d="M4 15.500v-3l2-5h12l2 5v3zM4 12.500h16"/><circle cx="7.500" cy="16.500" r="1.700"/>'
    '<circle cx="16.500" cy="16.500" r="1.700"/>',
    # who knows what
    "eye": '<path d="M3.5 12c4.5-7.3 12.5-7.3 17 0-4.5 7.3-12.5 7.3-17 0z"/><circle cx="12" cy="12" r="2.6"/>',
    "lock": '<rect x="5.5" y="10.5" width="13" height="9" rx="2"/><path d="M8.5 10.500V8a3.5 3.5 0 0 1 7 0v2.5"/>',
    "unlock": '<rect x="5.5" y="10.5" width="13" height="9" rx="2"/><path d="M8.5 10.500V8a3.5 3.5 0 0 1 6.7-1.4"/>',
    "key": '<circle cx="8" cy="15" r="3.5"/><path d="m10.5 12.5 8-8M16 7l2.5 2.500M13.5 9.500l1.5 1.5"/>',
    "shield": '<path d="M12 4.5 5.5 7c0 6 2 10 6.5 12.5 4.5-2.5 6.5-6.5 6.5-12.500z"/>',
    "smile": '<circle cx="12" cy="12" r="8"/><path d="M8.500 13.500q3.500 4.500 7 0M9.500 9.500h.1M14.500 9.500h.1"/>',
    "info": '<circle cx="12" cy="12" r="8"/><path d="M12 11.500v4.500M12 8h.1"/>',
    "warning": '<path d="M12 5 3.8 19h16.400z"/><path d="M12 10.500v4M12 16.800h.1"/>',
    "question": '<circle cx="12" cy="12" r="8"/>'
    '<path d="M9.7 9.800a2.3 2.3 0 1 1 3.5 2c-.8.5-1.2.9-1.2 1.900M12 16.300h.1"/>',
}

# The thirteen domains of life, and how it is all in all.
DOMAIN_ICONS = {
    "money": "money",
    "work": "work",
    "time": "clock",
    "housing": "home",
    "home": "people",
    "mental": "leaf",
    "physical": "health",
    "substances": "stop",
    "basic": "heart",
    "instrumental": "mail",
    "network": "people",
    "participation": "star",
    "justice": "shield",
    "wellbeing": "smile",
}
