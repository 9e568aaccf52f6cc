import type {Field, FieldAccess, GroupField} from 'payload';

import {isOwnWrite} from './own_write.js';

/** What the plugin keeps for itself: editors' and callers' values are ignored. */
const own: {update: FieldAccess, create: FieldAccess} = {
  create: ({req}) => isOwnWrite(req),
  update: ({req}) => isOwnWrite(req),
};

const labels = (name: string, ru: string, en: string): Field =>
  ({name, type: 'text', hasMany: true, label: {ru, en}, admin: {description: {ru: 'Коды', en: 'Codes'}}});

/** The group `rubricator` that a collection gets, in the sidebar of its form. */
export const rubricatorFields: GroupField = {
  name: 'rubricator',
  type: 'group',
  label: {ru: 'Рубрики', en: 'Labels'},
  admin: {position: 'sidebar'},
  fields: [
    {name: 'suggestions', type: 'ui', admin: {components: {Field: '@rubricator/payload/admin#Suggestions'}}},
    labels('topics', 'Темы', 'Topics'),
    labels('regions', 'Страны', 'Countries'),
    labels('desks', 'Отделы', 'Desks'),
    // Comes back with the form, so that an editor's change is told from what the form showed.
    {name: 'shown', type: 'json', admin: {hidden: true}},
    {name: 'decisions', type: 'json', admin: {hidden: true}, access: own},
    {name: 'analysis', type: 'json', admin: {hidden: true}, access: own},
    {name: 'contentHash', type: 'text', admin: {hidden: true}, access: own},
    {name: 'problem', type: 'text', admin: {hidden: true}, access: own},
  ],
};
