export {Suggestions} from './Suggestions.js';
