import type {PayloadRequest, RequestContext} from 'payload';

const KEY = 'rubricatorOwnWrite';

/** The context of a write by the plugin itself: it is no edit, and is not classified again. */
export const OWN_WRITE: RequestContext = {[KEY]: true};

export const isOwnWrite = (req: Pick<PayloadRequest, 'context'>): boolean => req.context?.[KEY] === true;
